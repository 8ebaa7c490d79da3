using UsageReporting;

namespace QuickStart;

/// <summary>Shows the report and says yes, so that the tour needs nobody at the keyboard. A real application asks.</summary>
internal sealed class ShowAndAgree : IConsentPrompt
{
    public ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        Console.WriteLine(preview.ToText());
        Console.WriteLine("Send this report? [y/N]: y");
        return ValueTask.FromResult(ConsentAnswer.Yes);
    }
}
