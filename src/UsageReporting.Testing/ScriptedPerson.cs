namespace UsageReporting;

/// <summary>A person at a terminal who reads every notice, and answers every question as the test says.</summary>
public sealed class ScriptedPerson : IConsentPrompt
{
    private readonly List<UsageNotice> _notices = [];
    private readonly List<ReportPreview> _previews = [];

    /// <inheritdoc/>
    public bool AsksAPerson => true;

    /// <summary>Whether there is a terminal.</summary>
    /// <value>Default true.</value>
    public bool CanAsk { get; set; } = true;

    /// <summary>What the person answers.</summary>
    /// <value>Default <see cref="ConsentAnswer.No"/>.</value>
    public ConsentAnswer Answer { get; set; }

    /// <summary>The notices that were shown.</summary>
    public IReadOnlyList<UsageNotice> Notices => _notices;

    /// <summary>The reports that were shown, with or without a question.</summary>
    public IReadOnlyList<ReportPreview> Previews => _previews;

    /// <inheritdoc/>
    public ValueTask<bool> TellAsync(UsageNotice notice, CancellationToken cancellationToken)
    {
        _notices.Add(notice);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        _previews.Add(preview);
        return ValueTask.FromResult(CanAsk || preview?.Question == ConsentQuestion.None ? Answer : ConsentAnswer.No);
    }
}
