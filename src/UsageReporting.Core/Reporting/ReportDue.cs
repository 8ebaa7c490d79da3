using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>When the next report is due that nobody asks for: a document of one line, from the first answer on.</summary>
internal sealed class ReportDue(UsageState state, ReportSchema schema, TimeProvider time)
{
    private TimeSpan Window => TimeSpan.FromDays(schema.Header.WindowDays);

    /// <summary>Whether one is due.</summary>
    public async Task<bool> IsNowAsync() =>
        await FindAsync().ConfigureAwait(false) is not { } due || due <= time.GetUtcNow();

    /// <summary>When one is due; null before the first, and where it was noted by a clock that was wrong.</summary>
    public async Task<DateTimeOffset?> FindAsync() =>
        DateField.TryRead(
            (await state.ReadAsync(UsageDocuments.NextDue).ConfigureAwait(false))?.Trim() ?? "", out DateTimeOffset due)
        && due - time.GetUtcNow() <= Window + ClientLimits.DueAtMost
            ? due
            : null;

    /// <summary>Notes when the next one is due after this outcome; one that got no answer goes out as soon as it can.</summary>
    public async Task NoteAsync(ReportOutcome outcome)
    {
        ReportSchedule schedule = new(TimeSpan.Zero, Window, schema.Header.Identity);
        if (schedule.After(outcome, time.GetUtcNow(), due: null) is { } due)
        {
            await TryNoteAsync(due).ConfigureAwait(false);
        }
    }

    /// <summary>Notes when the next one is due; false where that is not possible.</summary>
    public Task<bool> TryNoteAsync(DateTimeOffset due) =>
        state.TryChangeAsync(UsageDocuments.NextDue, _ => DateField.Write(due) + "\n");

    /// <summary>Forgets it; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(UsageDocuments.NextDue, _ => null);
}
