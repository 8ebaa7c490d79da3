namespace UsageReporting.Tests.Clients;

/// <summary>A person who answers as the test says; what they saw is remembered.</summary>
internal sealed class ScriptedPrompt(Func<ReportPreview, CancellationToken, ConsentAnswer> answer) : IConsentPrompt
{
    public ScriptedPrompt(ConsentAnswer answer)
        : this((_, _) => answer)
    {
    }

    public List<ReportPreview> Seen { get; } = [];

    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        Seen.Add(preview);
        return ValueTask.FromResult(answer(preview, cancellationToken));
    }
}
