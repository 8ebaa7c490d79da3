namespace UsageReporting;

/// <summary>Shows a report to a person and asks whether it may be sent.</summary>
public interface IConsentPrompt
{
    /// <summary>
    /// Whether it asks a person, who is not there in automation; false where the program answers, which is an explicit act.
    /// </summary>
    bool AsksAPerson => false;

    /// <summary>
    /// Whether somebody can see and answer now. Where nobody can, an application that asks or tells by itself does neither.
    /// </summary>
    bool CanAsk => true;

    /// <summary>Shows a notice, whole.</summary>
    /// <param name="notice">What a person is told before reporting is on by default.</param>
    /// <param name="cancellationToken">Cancelled when the person interrupts.</param>
    /// <returns>Whether a person has seen it. Without that nothing is sent; the default is that nobody has.</returns>
    ValueTask<bool> TellAsync(UsageNotice notice, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>Shows the preview, whole, and waits for an answer.</summary>
    /// <param name="preview">What would be sent.</param>
    /// <param name="cancellationToken">Cancelled when the person interrupts; that counts as No.</param>
    ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken);
}
