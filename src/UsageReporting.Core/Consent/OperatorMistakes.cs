namespace UsageReporting.Core.Consent;

/// <summary>
/// A setting of whoever runs the application that is wrong: what they wanted is not known, and it must not stop the
/// application, so that reporting is off.
/// </summary>
internal sealed class OperatorMistakes(OperatorSettings settings, UsageTexts texts) : IConsentSource
{
    public IReadOnlyList<string> Places => settings.Names;

    public ConsentObjection? Objection() => settings.Mistakes is [var (text, values), ..]
        ? new ConsentObjection(texts.Get(text, values))
        : null;
}
