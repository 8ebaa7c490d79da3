using System.Text;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>Validated reports for a store, kept until the test is over.</summary>
internal sealed class TestReports : IDisposable
{
    private readonly List<Report> _reports = [];

    public IncomingReport Incoming(Product product, DateTimeOffset received, string json)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        Report report = ((ValidationResult.Valid)new ReportValidator(product.Schema, new ManualTimeProvider(received)).Validate(body)).Report;
        lock (_reports)
        {
            _reports.Add(report);
        }

        return new IncomingReport(product, report, received);
    }

    public void Dispose()
    {
        _reports.ForEach(report => report.Dispose());
        _reports.Clear();
    }
}
