using System.Text;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Composition;
using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Preview;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>Where the report comes from that a person is shown: from the spool, where one waits there, or composed anew.</summary>
internal sealed class ReportDrafts(
    ReportSchema schema,
    CollectionRunner collection,
    ReportComposer composer,
    StableIdentity identity,
    Spool spool,
    IEnumerable<IReportSink> sinks,
    TimeProvider time)
{
    private readonly string[] _destinations = [.. sinks.Select(sink => sink.Destination)];

    /// <summary>
    /// A report whose answer never came, which is shown again, byte for byte, before anything new is composed.
    /// </summary>
    /// <remarks>
    /// One that this schema cannot read was composed under another, one with another id belongs to another installation,
    /// one that every sink has answered was only not dropped yet, and one that is older than the window could be counted
    /// a second time; these are left alone, and replaced by the next that is frozen.
    /// </remarks>
    public ReportDraft? Waiting()
    {
        if (spool.Read() is not { } frozen
            || _destinations.All(frozen.Done.Contains)
            || time.GetUtcNow() - frozen.At >= TimeSpan.FromDays(schema.Header.WindowDays))
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(frozen.Report);
        return identity.Current is { IsKept: true } id
            && ReportReader.Read(schema, bytes) is { } rows
            && rows[0].Value == id.Value
            ? new ReportDraft(
                new ReportPreview(schema, bytes, rows, leftOut: [], isIdNew: false, isRepeat: frozen.Begun.Count > 0),
                frozen,
                id,
                Missing: null,
                IsFrozen: true)
            : null;
    }

    /// <summary>Collects and composes a report.</summary>
    public async Task<ReportDraft> ComposeAsync(ConsentDecision decision, CancellationToken cancellationToken)
    {
        CollectedValues values = await collection.CollectAsync(decision, cancellationToken).ConfigureAwait(false);
        ComposedReport report = composer.Compose(identity.Current, values);
        IReadOnlyList<PreviewRow> rows = ReportReader.Read(schema, report.Bytes)
            ?? throw new InvalidOperationException("A composed report does not fit its own schema.");
        return new ReportDraft(
            new ReportPreview(schema, report.Bytes, rows, report.LeftOut, isIdNew: !report.Id.IsKept, isRepeat: false),
            new FrozenReport(Encoding.UTF8.GetString(report.Bytes.Span), time.GetUtcNow(), Begun: [], Done: []),
            report.Id,
            report.Missing,
            IsFrozen: false);
    }

    /// <summary>Keeps what a person said yes to: the id, then the report, frozen.</summary>
    public KeepResult Keep(ReportDraft draft)
    {
        KeepResult id = identity.Keep(draft.Id);
        if (id != KeepResult.Kept || draft.IsFrozen)
        {
            return id;
        }

        KeepResult frozen = spool.TryFreeze(draft.Frozen);
        if (frozen != KeepResult.AnotherIsKept || Waiting() is not null)
        {
            return frozen;
        }

        // What is frozen there waits for nothing and makes room.
        return spool.TryWrite(draft.Frozen) ? KeepResult.Kept : KeepResult.NoPlace;
    }
}
