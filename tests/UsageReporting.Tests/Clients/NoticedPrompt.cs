namespace UsageReporting.Tests.Clients;

/// <summary>A person at a terminal who reads notices, and answers as the test says.</summary>
internal sealed class NoticedPrompt : IConsentPrompt
{
    public bool AsksAPerson => true;

    public bool CanAsk { get; init; } = true;

    public bool IsSeen { get; init; } = true;

    public ConsentAnswer Answer { get; init; } = ConsentAnswer.Yes;

    /// <summary>What happens while the notice stands there.</summary>
    public Action Told { get; init; } = () => { };

    public List<UsageNotice> Notices { get; } = [];

    public List<ReportPreview> Seen { get; } = [];

    public ValueTask<bool> TellAsync(UsageNotice notice, CancellationToken cancellationToken)
    {
        Notices.Add(notice);
        Told();
        return ValueTask.FromResult(IsSeen);
    }

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        Seen.Add(preview);
        return ValueTask.FromResult(Answer);
    }
}
