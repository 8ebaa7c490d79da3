namespace UsageReporting.Core.Consent;

/// <summary>
/// Decides whether anything may be reported. Any source that says off wins, and the first in order is named; only
/// where none does the mode decides.
/// </summary>
internal sealed class ConsentGate(IEnumerable<IConsentSource> sources, ConsentMode mode, UsageTexts texts)
{
    private readonly IConsentSource[] _sources = [.. sources];

    public ConsentDecision Decide() => Decide(_sources.Select(source => source.ReasonForOff()), mode, texts);

    public static ConsentDecision Decide(IEnumerable<string?> reasonsForOff, ConsentMode mode, UsageTexts texts) =>
        reasonsForOff.FirstOrDefault(reason => reason is not null) is { } because
            ? new ConsentDecision(ConsentState.Off, UsageLevel.None, because)
            : Default(mode, texts);

    private static ConsentDecision Default(ConsentMode mode, UsageTexts texts) => mode switch
    {
        ConsentMode.AskEachTime => new ConsentDecision(
            ConsentState.Ask, UsageLevel.Full, texts.Get("BecauseAskEachTime")),
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
