using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Access;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Ingest;

/// <summary>The server's side of one report's path, for one product.</summary>
internal sealed class IngestPipeline(
    Product product,
    IReportStore store,
    KeyRing keys,
    NetworkGate gate,
    RateGate networks,
    UnnamedProxy proxy,
    TimeProvider time,
    IngestMetrics metrics)
{
    private readonly ReportValidator _validator = new(product.Schema, time);
    private readonly RateGate _installations = new(product.ReportsPerHour, TimeSpan.FromHours(1), time);

    /// <summary>Receives, validates and stores one report, and says what came of it.</summary>
    public async ValueTask<IResult> IngestAsync(HttpRequest request)
    {
        // 6. Receive: the report's bytes, and not one more than a report may have.
        if ((RequestRules.Refuse(request) ?? RefuseTooMany(request) ?? RefuseWithoutKey(request)) is { } refusal)
        {
            return Rejected(refusal);
        }

        using ReceivedBody body = await ReceivedBody.ReadAsync(request, product.Schema.Header.MaxBytes);
        if (body.Refusal is not null)
        {
            return Rejected(body.Refusal);
        }

        // 7. Validate: the report, or all that is wrong with it.
        ValidationResult validated = _validator.Validate(body.Bytes);
        if (validated is ValidationResult.Invalid invalid)
        {
            return Rejected(Answers.Invalid(invalid.Errors));
        }

        // 8. Store once, and answer after the commit.
        using Report report = ((ValidationResult.Valid)validated).Report;
        proxy.LookAt(request);
        if (report[Report.IdSlot] is { IsPresent: true } id && _installations.Enter(report.Text(id)) is { } untilTheNextHour)
        {
            return Rejected(new RateLimited(untilTheNextHour));
        }

        NetworkPass pass = gate.Enter(request.HttpContext.Connection.RemoteIpAddress);
        if (pass.RefusedFor is { } wait)
        {
            return Rejected(new RateLimited(wait));
        }

        IncomingReport incoming = new(product, report, StoredTime.Now(time), pass.IsBusy);
        // The report has what it needs of the body, whose buffer others can use while the disk is waited for.
        body.Dispose();
        StoreOutcome outcome = await store.StoreAsync(incoming);
        if (outcome is not StoreOutcome.Accepted { IsNew: true })
        {
            gate.GiveBack(pass);
        }

        metrics.CountValid(product, report.UnknownFields, outcome);
        return Answers.To(outcome, incoming.Received, product);
    }

    private RateLimited? RefuseTooMany(HttpRequest request) =>
        networks.Enter(request.HttpContext.Connection.RemoteIpAddress) is { } wait ? new RateLimited(wait) : null;

    private IResult? RefuseWithoutKey(HttpRequest request) => keys.IsAskedFor(product)
        ? KeyAnswers.Refuse(request.HttpContext, keys.Find(request, product, UsageKeyScopes.Report), UsageKeyScopes.Report)
        : null;

    private IResult Rejected(IResult answer)
    {
        metrics.CountRejected(product, answer);
        return answer;
    }
}
