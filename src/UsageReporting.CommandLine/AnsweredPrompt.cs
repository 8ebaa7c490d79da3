namespace UsageReporting.CommandLine;

/// <summary>Shows the report and asks nobody: the command line has answered already.</summary>
internal sealed class AnsweredPrompt(ConsentAnswer answer, Func<ReportPreview, string> show, TextWriter output)
    : IConsentPrompt
{
    public async ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        await output.WriteAsync(show(preview).AsMemory(), cancellationToken).ConfigureAwait(false);
        return answer;
    }
}
