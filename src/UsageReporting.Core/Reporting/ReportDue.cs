using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>When the next report is due that nobody asks for: a document of one line, from the first answer on.</summary>
internal sealed class ReportDue(UsageState state, ReportSchema schema, TimeProvider time)
{
    private const string Document = "next_due";

    private static readonly TimeSpan Margin = ClientLimits.DueMargin;

    private TimeSpan Window => TimeSpan.FromDays(schema.Header.WindowDays);

    /// <summary>Whether one is due.</summary>
    public async Task<bool> IsNowAsync()
    {
        string? text = await state.ReadAsync(Document).ConfigureAwait(false);
        return !DateField.TryRead(text?.Trim() ?? "", out DateTimeOffset due)
            || due <= time.GetUtcNow()
            || due - time.GetUtcNow() > Window + ClientLimits.DueAtMost;
    }

    /// <summary>Notes when the next one is due after this outcome; one that got no answer goes out as soon as it can.</summary>
    public async Task NoteAsync(ReportOutcome outcome)
    {
        DateTimeOffset? again = outcome switch
        {
            ReportOutcome.NotAccepted { Result: DeliveryResult.AlreadyReported already } => already.AgainAt,
            ReportOutcome.Sent or ReportOutcome.NotAccepted { Result: not DeliveryResult.Unreachable } =>
                schema.Header.Identity is { Kind: IdentityKind.Rotating, Rotates: var rotates }
                    ? ReportPeriod.EndOf(rotates, time.GetUtcNow())
                    : time.GetUtcNow() + Window,
            _ => null,
        };
        if (again is { } due)
        {
            // A date at the end of time has nothing after it.
            string text = DateField.Write(due > DateTimeOffset.MaxValue - Margin ? due : due + Margin) + "\n";
            await state.TryChangeAsync(Document, _ => text).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets it; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(Document, _ => null);
}
