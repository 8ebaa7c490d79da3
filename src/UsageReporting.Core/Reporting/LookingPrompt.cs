namespace UsageReporting.Core.Reporting;

/// <summary>Takes the report that would be sent, and sends nothing. Somebody asked to see it, which is an explicit act.</summary>
internal sealed class LookingPrompt : IConsentPrompt
{
    /// <summary>The report; null where there is none.</summary>
    public ReportPreview? Seen { get; private set; }

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        Seen = preview;
        return ValueTask.FromResult(ConsentAnswer.No);
    }
}
