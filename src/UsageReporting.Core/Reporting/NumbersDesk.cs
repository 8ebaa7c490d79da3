using Microsoft.Extensions.Logging;
using UsageReporting.Core.Comparison;

namespace UsageReporting.Core.Reporting;

/// <summary>Gets the published numbers from the first endpoint that has them, all at once, for a person who asked for that.</summary>
internal sealed class NumbersDesk(IEnumerable<IReportSink> sinks, TimeProvider time, ILogger<NumbersDesk> logger)
{
    private readonly IPublishingSink? _sink = sinks.OfType<IPublishingSink>().FirstOrDefault();

    /// <summary>Gets the numbers, and sets a report beside them.</summary>
    public async Task<UsageComparison> CompareAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        if (_sink is null)
        {
            return new UsageComparison.NobodyPublishes();
        }

        string product = preview.Schema.Header.Product;
        return await RunAsync(_sink, product, cancellationToken).ConfigureAwait(false) switch
        {
            NumbersResult.Unreachable { Reason: var reason } => new UsageComparison.Unreachable(_sink.Destination, reason),
            NumbersResult.Answered { Json: var json } => Of(preview, _sink.Destination, PublishedNumbers.Parse(json, product)),
            _ => new UsageComparison.Unreachable(_sink.Destination, "no result"),
        };
    }

    private UsageComparison Of(ReportPreview preview, string destination, PublishedNumbers? numbers) => numbers switch
    {
        null => new UsageComparison.Unreachable(destination, "no numbers of this product"),
        { Installs: { } installs, Made: { } made } => new UsageComparison.Compared(
            destination, numbers.Window, made, installs, Comparer.Compare(preview, numbers))
        {
            IsOld = time.GetUtcNow() - made > ClientLimits.NumbersAge,
        },
        _ => new UsageComparison.NothingYet(destination),
    };

    private async Task<NumbersResult?> RunAsync(IPublishingSink sink, string product, CancellationToken cancellationToken)
    {
        try
        {
            return await HostCode.RunAsync(
                token => Task.Run(() => sink.GetNumbersAsync(product, token).AsTask(), CancellationToken.None),
                ClientLimits.SinkTime,
                time,
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new NumbersResult.Unreachable("interrupted");
        }
#pragma warning disable CA1031 // Whatever a sink throws, the host goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SinkFailed(logger, sink.Destination, e.GetType().Name);
            return new NumbersResult.Unreachable(e.GetType().Name);
        }
    }
}
