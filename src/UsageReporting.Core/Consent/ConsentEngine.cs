using System.Globalization;
using UsageReporting.Core.Schema;

namespace UsageReporting.Core.Consent;

/// <summary>
/// Decides what may be reported: a pure function of what the sources say, what the person chose or was told of, and of
/// what it holds. Any source that says off wins, and the first in order is named.
/// </summary>
internal static class ConsentEngine
{
    /// <summary>How much goes out without anybody's yes.</summary>
    public const UsageLevel DefaultLevel = UsageLevel.Basic;

    /// <summary>Decides.</summary>
    /// <param name="mode">How the application asks.</param>
    /// <param name="objections">What the sources say, in their order.</param>
    /// <param name="record">What the person chose, or was told of.</param>
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
            ?? (record is { Choice: ConsentChoice.No }
                ? new ConsentObjection(Because("BecauseNo", record, texts))
                : null);
        if (off is not null)
        {
            return new ConsentDecision(ConsentState.Off, UsageLevel.None, off.Because);
        }

        ConsentObjection? local = objections.FirstOrDefault()
            ?? (record is { Choice: ConsentChoice.Local }
                ? new ConsentObjection(Because("BecauseYouKeepItHere", record, texts))
                : null);
        if (local is not null)
        {
            return new ConsentDecision(
                ConsentState.Local,
                record?.Level ?? (mode == ConsentMode.OptOut ? DefaultLevel : UsageLevel.Full),
                local.Because)
            {
                IsPrinted = local.IsPrinted,
            };
        }

        return (mode, record) switch
        {
            (ConsentMode.AskEachTime, _) => Ask(texts.Get("BecauseAskEachTime")),
            (ConsentMode.OptIn or ConsentMode.OptOut, { Choice: ConsentChoice.Yes, Terms: { } agreed }) =>
                OfTerms(record, agreed, terms, now, texts),
            (ConsentMode.OptIn, _) => Ask(texts.Get("BecauseOptIn")),
            (ConsentMode.OptOut, { Choice: null, Terms: { } told }) => OfNotice(OfTerms(record, told, terms, now, texts)),
            (ConsentMode.OptOut, _) => Ask(texts.Get("BecauseNotTold")) with { Notice = NoticeReason.First },
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
    }

    // What is not on, or not all of it, although nobody said no, is what nobody was told of.
    private static ConsentDecision OfNotice(ConsentDecision decision) => decision with
    {
        Notice = decision.State != ConsentState.On ? NoticeReason.Changed
            : decision.Paused.Count > 0 ? NoticeReason.NewFields
            : null,
    };

    private static ConsentDecision OfTerms(
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

        string because = Because(record.Choice is null ? "BecauseTold" : "BecauseYes", record, texts);
        return new ConsentDecision(ConsentState.On, record.Level, because)
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

    // "You" is said of what nobody else can have chosen.
    private static string Because(string text, ConsentRecord record, UsageTexts texts) =>
        texts.Get(record.IsShared ? text + "ForAll" : text, Date(record.At));

    private static ConsentDecision Ask(string because) => new(ConsentState.Ask, UsageLevel.Full, because);

    private static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
