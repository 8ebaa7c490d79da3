using System.Text;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// What each sink sends of a report, found out before anybody is shown it. The one place where what a sink throws at that is
/// contained: it costs that sink the report, and the others nothing.
/// </summary>
internal sealed class ReportRenderer(IEnumerable<IReportSink> sinks, ILogger<ReportRenderer> logger)
{
    private readonly IReportSink[] _sinks = [.. sinks];

    /// <summary>The report with what goes, in the place of it, to those that take another format.</summary>
    public FrozenReport Render(FrozenReport report) => report with
    {
        Rendered = (from sink in _sinks
                    where report.IsFor(sink)
                    group TryRender(sink, report) by sink.Destination into rendered
                    let text = rendered.First()
                    where text is not null && text != report.Report
                    select KeyValuePair.Create(rendered.Key, text)).ToDictionary(),
    };

    /// <summary>What goes out of the report where it is agreed to, each text once.</summary>
    public IReadOnlyList<ReportRendering> Of(FrozenReport report) =>
    [
        .. (from sink in _sinks
            where IsOpenFor(sink, report)
            group sink.Destination by report.TextFor(sink.Destination) into places
            select new ReportRendering(places.Key, [.. places.Distinct()]))
            .DefaultIfEmpty(new ReportRendering(report.Report, [])),
    ];

    /// <summary>
    /// Whether what is frozen is in the sink's format. One that could not render the report, or that the application has only
    /// since then, is not given it in another.
    /// </summary>
    public bool CanTake(IReportSink sink, FrozenReport report) =>
        report.Rendered.ContainsKey(sink.Destination) || TryRender(sink, report) == report.Report;

    /// <summary>Whether the sink can take it and has given no final answer.</summary>
    public bool IsOpenFor(IReportSink sink, FrozenReport report) => report.IsOpenFor(sink) && CanTake(sink, report);

    private string? TryRender(IReportSink sink, FrozenReport report)
    {
        try
        {
            return Encoding.UTF8.GetString(sink.Render(Encoding.UTF8.GetBytes(report.Report)).Span);
        }
#pragma warning disable CA1031 // Whatever a sink throws, the host goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.SinkFailed(logger, sink.Destination, e.GetType().Name);
            return null;
        }
    }
}
