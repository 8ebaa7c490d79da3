namespace UsageReporting.AspNetCore;

/// <summary>Takes the report of a level to be shown, and agrees to nothing.</summary>
/// <param name="level">The level, where the person may choose one; null for what is decided, or all of it.</param>
internal sealed class PreviewPrompt(UsageLevel? level) : IConsentPrompt
{
    /// <summary>The report; null where there is none.</summary>
    public ReportPreview? Shown { get; private set; }

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        bool isOther = Shown is null && level is { } wanted && preview.OtherLevels.Contains(wanted);
        Shown = preview;
        return ValueTask.FromResult(!isOther ? ConsentAnswer.No : level switch
        {
            UsageLevel.Basic => ConsentAnswer.Basic,
            UsageLevel.Middle => ConsentAnswer.Middle,
            _ => ConsentAnswer.Full,
        });
    }
}
