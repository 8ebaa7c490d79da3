using Microsoft.Extensions.Logging;
using UsageReporting.Core.Comparison;

namespace UsageReporting.Core.Reporting;

/// <summary>Gets the published numbers from the first endpoint of a report that has them, all at once, for a person who asked for that.</summary>
internal sealed class NumbersDesk(IEnumerable<IReportSink> sinks, TimeProvider time, ILogger<NumbersDesk> logger)
{
    private readonly IPublishingSink[] _sinks = [.. sinks.OfType<IPublishingSink>()];

    /// <summary>Gets the numbers, and sets a report beside them.</summary>
    public async Task<UsageComparison> CompareAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        if (_sinks.FirstOrDefault(sink => sink.Level is null || sink.Level == preview.Level) is not { } sink)
        {
            return new UsageComparison.NobodyPublishes();
        }

        string product = preview.Schema.Header.Product;
        string address = sink.NumbersOf(product);
        return await RunAsync(sink, product, cancellationToken).ConfigureAwait(false) switch
        {
            NumbersResult.Unreachable { Reason: var reason } => new UsageComparison.Unreachable(address, reason),
            NumbersResult.Answered { Json: var json } => Of(preview, address, PublishedNumbers.Parse(json, product)),
            _ => new UsageComparison.Unreachable(address, "no result"),
        };
    }

    private UsageComparison Of(ReportPreview preview, string address, PublishedNumbers? numbers) => numbers switch
    {
        null => new UsageComparison.Unreachable(address, "no numbers of this product"),
        { Installs: { } installs, Made: { } made } => new UsageComparison.Compared(
            address, numbers.Window, made, installs, Comparer.Compare(preview, numbers))
        {
            IsOld = time.GetUtcNow() - made > ClientLimits.NumbersAge,
        },
        _ => new UsageComparison.NothingYet(address),
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
