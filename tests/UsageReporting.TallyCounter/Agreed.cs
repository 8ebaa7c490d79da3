using UsageReporting;

/// <summary>Nobody is asked: what was agreed to goes on.</summary>
internal sealed class Agreed : IConsentPrompt
{
    public bool AsksAPerson => false;

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ConsentAnswer.Yes);
}
