using System.Globalization;
using UsageReporting.Core.Schema;

namespace UsageReporting.Core.Consent;

/// <summary>
/// Decides what may be reported: a pure function of what the sources say, what the person chose, and to what. Any source
/// that says off wins, and the first in order is named.
/// </summary>
internal static class ConsentEngine
{
    /// <param name="mode">How the application asks.</param>
    /// <param name="objections">What the sources say, in their order.</param>
    /// <param name="record">What the person chose.</param>
    /// <param name="terms">What would be agreed to today.</param>
    /// <param name="now">The time.</param>
    /// <param name="texts">What people read.</param>
    public static ConsentDecision Decide(
        ConsentMode mode,
        IReadOnlyCollection<ConsentObjection> objections,
        ConsentRecord? record,
        ConsentTerms terms,
        DateTimeOffset now,
        UsageTexts texts)
    {
        ConsentObjection? off = objections.FirstOrDefault(objection => !objection.IsLocal)
            ?? (record is { Choice: ConsentChoice.No, At: var at }
                ? new ConsentObjection(texts.Get("BecauseNo", Date(at)))
                : null);
        if (off is not null)
        {
            return new ConsentDecision(ConsentState.Off, UsageLevel.None, off.Because);
        }

        ConsentObjection? local = objections.FirstOrDefault()
            ?? (record is { Choice: ConsentChoice.Local, At: var since }
                ? new ConsentObjection(texts.Get("BecauseYouKeepItHere", Date(since)))
                : null);
        if (local is not null)
        {
            return new ConsentDecision(ConsentState.Local, record?.Level ?? UsageLevel.Full, local.Because);
        }

        return mode switch
        {
            ConsentMode.AskEachTime => Ask(texts.Get("BecauseAskEachTime")),
            ConsentMode.OptIn when record is { Terms: { } agreed } => OfYes(record, agreed, terms, now, texts),
            ConsentMode.OptIn => Ask(texts.Get("BecauseOptIn")),
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
    }

    private static ConsentDecision OfYes(
        ConsentRecord record, ConsentTerms agreed, ConsentTerms terms, DateTimeOffset now, UsageTexts texts)
    {
        if (record.Until is { } until && until <= now)
        {
            return Ask(texts.Get("BecauseYesEnded", Date(until)));
        }

        if (Changed(agreed, terms) is { } change)
        {
            return Ask(texts.Get(change));
        }

        return new ConsentDecision(ConsentState.On, record.Level, texts.Get("BecauseYes", Date(record.At)))
        {
            Paused =
            [
                // What stands for the id is a part of it, and who reports is compared above.
                .. terms.Schema.Fields.Where(field =>
                    field.Level <= record.Level
                    && !IdentityRules.IsPartOfTheId(field)
                    && !IsAgreed(field, record.Level, agreed)),
            ],
        };
    }

    // A field that was above the level then is new to this person now.
    private static bool IsAgreed(UsageField field, UsageLevel level, ConsentTerms agreed) =>
        agreed.Schema.Find(field.Name) is { } then && then.Level <= level && FieldShape.IsWithin(field, then);

    // That somebody is left out needs no new question.
    private static string? Changed(ConsentTerms agreed, ConsentTerms terms)
    {
        SchemaHeader then = agreed.Schema.Header;
        SchemaHeader now = terms.Schema.Header;
        return now.Operator != then.Operator ? "BecauseOperatorChanged"
            : terms.Destinations.Except(agreed.Destinations).Any() ? "BecauseDestinationChanged"
            : now.Access.Except(then.Access).Any() ? "BecauseAccessChanged"
            : IsWider(now.Identity, then.Identity) ? "BecauseIdentityChanged"
            : null;
    }

    // Who reports can be followed for longer.
    private static bool IsWider(ReportIdentity now, ReportIdentity then) =>
        now.Kind > then.Kind || (now.Kind == IdentityKind.Rotating && now.Kind == then.Kind && now.Rotates > then.Rotates);

    private static ConsentDecision Ask(string because) => new(ConsentState.Ask, UsageLevel.Full, because);

    private static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
