namespace UsageReporting.Core.Reporting;

/// <summary>Lets a report go that was agreed to before, and no other: nobody is there to be asked.</summary>
internal sealed class ScheduledPrompt : IConsentPrompt
{
    // Not an explicit act: nothing starts by itself in automation.
    public bool AsksAPerson => true;

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken) => ValueTask.FromResult(
        preview.Question == ConsentQuestion.None ? ConsentAnswer.Yes : ConsentAnswer.No);
}
