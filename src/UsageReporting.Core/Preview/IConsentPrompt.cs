namespace UsageReporting;

/// <summary>Shows a report to a person and asks whether it may be sent.</summary>
public interface IConsentPrompt
{
    /// <summary>
    /// Whether it asks a person, who is not there in automation; false where the program answers, which is an explicit act.
    /// </summary>
    bool AsksAPerson => false;

    /// <summary>Shows the preview, whole, and waits for an answer.</summary>
    /// <param name="preview">What would be sent.</param>
    /// <param name="cancellationToken">Cancelled when the person interrupts; that counts as No.</param>
    ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken);
}
