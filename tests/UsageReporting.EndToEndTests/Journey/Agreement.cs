namespace UsageReporting.EndToEndTests.Journey;

/// <summary>Says yes beforehand, as a program does, and remembers to what.</summary>
internal sealed class Agreement : IConsentPrompt
{
    public ReportPreview? Shown { get; private set; }

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        Shown = preview;
        return ValueTask.FromResult(ConsentAnswer.Yes);
    }
}
