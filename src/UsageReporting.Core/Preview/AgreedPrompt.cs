namespace UsageReporting.Core.Preview;

/// <summary>Shows nothing and asks nobody: only what was agreed to before goes out.</summary>
internal sealed class AgreedPrompt : IConsentPrompt
{
    // Nobody answers here, so that automation is no explicit act.
    public bool AsksAPerson => true;

    public bool CanAsk => false;

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken) =>
        ValueTask.FromResult(preview.Question == ConsentQuestion.None ? ConsentAnswer.Yes : ConsentAnswer.No);
}
