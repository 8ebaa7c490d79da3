namespace UsageReporting.Core.Consent;

/// <summary>
/// Decides whether anything may be reported. Any source that says off wins, and the first in order is named; only
/// where none does the mode decides.
/// </summary>
internal sealed class ConsentGate(IEnumerable<IConsentSource> sources, ConsentMode mode)
{
    private readonly IConsentSource[] _sources = [.. sources];

    public ConsentDecision Decide() => Decide(_sources.Select(source => source.ReasonForOff()), mode);

    public static ConsentDecision Decide(IEnumerable<string?> reasonsForOff, ConsentMode mode) =>
        reasonsForOff.FirstOrDefault(reason => reason is not null) is { } because
            ? new ConsentDecision(ConsentState.Off, UsageLevel.None, because)
            : Default(mode);

    private static ConsentDecision Default(ConsentMode mode) => mode switch
    {
        ConsentMode.AskEachTime => new ConsentDecision(
            ConsentState.Ask, UsageLevel.Full, "nothing is sent unless you say yes to it, each time"),
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
