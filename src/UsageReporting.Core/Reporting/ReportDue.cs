using System.Globalization;
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
        DateField.TryRead((await ReadAsync().ConfigureAwait(false))[0], out DateTimeOffset due)
        && due - time.GetUtcNow() <= Window + ClientLimits.DueAtMost
            ? due
            : null;

    /// <summary>The installation's own hour of the week, where it is kept: it stays, however often a report was late.</summary>
    public async Task<int?> FindHourAsync() =>
        await ReadAsync().ConfigureAwait(false) is [_, var text]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int hour)
        && hour < ReportSchedule.Hours
            ? hour
            : null;

    /// <summary>Notes when the next one is due after this outcome; one that got no answer goes out as soon as it can.</summary>
    public async Task NoteAsync(ReportOutcome outcome)
    {
        ReportSchedule schedule = new(TimeSpan.Zero, Window, schema.Header.Identity);
        if (schedule.After(outcome, time.GetUtcNow(), hour: null) is { } due)
        {
            // A short program has no hour of its own, and leaves that of a schedule beside it.
            await TryNoteAsync(due, await FindHourAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Notes when the next one is due; false where that is not possible.</summary>
    /// <param name="due">When.</param>
    /// <param name="hour">The installation's own hour, which only an id that rotates needs again.</param>
    public Task<bool> TryNoteAsync(DateTimeOffset due, int? hour) => state.TryChangeAsync(
        UsageDocuments.NextDue,
        _ => hour is { } own && schema.Header.Identity.Kind == IdentityKind.Rotating
            ? string.Create(CultureInfo.InvariantCulture, $"{DateField.Write(due)} {own}\n")
            : DateField.Write(due) + "\n");

    /// <summary>Forgets it; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(UsageDocuments.NextDue, _ => null);

    private async Task<string[]> ReadAsync() =>
        (await state.ReadAsync(UsageDocuments.NextDue).ConfigureAwait(false))?.Trim().Split(' ') ?? [""];
}
