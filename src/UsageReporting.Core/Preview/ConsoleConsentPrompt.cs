using UsageReporting.Core.Preview;

namespace UsageReporting;

/// <summary>
/// Asks on the terminal: the preview, then <c>Send this report? [y/N]:</c>. Only <c>y</c> and <c>yes</c>, in any case
/// of letters, mean yes, or the words of a translation. Where the input is no terminal nobody is asked, and the answer is No; what was agreed to before
/// needs no answer.
/// </summary>
public sealed class ConsoleConsentPrompt : IConsentPrompt
{
    private readonly Func<TextReader> _input;
    private readonly TextWriter _output;
    private readonly bool _isTerminal;

    /// <summary>Asks on this process's own terminal.</summary>
    public ConsoleConsentPrompt()
        : this(Console.Out)
    {
    }

    /// <summary>Asks on this process's own terminal, and shows the preview elsewhere.</summary>
    /// <param name="output">Where the preview and the question go.</param>
    public ConsoleConsentPrompt(TextWriter output)
        : this(TerminalInput.Open, output, !Console.IsInputRedirected)
    {
    }

    /// <summary>Asks elsewhere.</summary>
    /// <param name="input">Where the answer comes from.</param>
    /// <param name="output">Where the preview and the question go.</param>
    /// <param name="isTerminal">Whether a person is at the input.</param>
    public ConsoleConsentPrompt(TextReader input, TextWriter output, bool isTerminal)
        : this(() => input, output, isTerminal)
    {
    }

    // The input is opened when somebody is asked, and not where nobody can be.
    private ConsoleConsentPrompt(Func<TextReader> input, TextWriter output, bool isTerminal)
    {
        _input = input;
        _output = output;
        _isTerminal = isTerminal;
    }

    /// <inheritdoc/>
    public bool AsksAPerson => true;

    /// <inheritdoc/>
    public async ValueTask<ConsentAnswer> AskAsync(ReportPreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(preview);
        await _output.WriteLineAsync(preview.ToText().AsMemory(), cancellationToken).ConfigureAwait(false);
        if (preview.Question == ConsentQuestion.None)
        {
            return ConsentAnswer.Yes;
        }

        if (!_isTerminal)
        {
            return ConsentAnswer.No;
        }

        string question = $"{LevelText.Of(preview)}{LevelText.Question(preview)} ";
        await _output.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);

        string? answer = null;
        try
        {
            // A terminal is read synchronously whatever is called; on a thread of its own, Ctrl-C does not wait for a line.
            answer = await Task.Run(() => _input().ReadLine(), CancellationToken.None)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (answer is null)
            {
                // The end of input and Ctrl-C leave the cursor behind the question.
                await _output.WriteLineAsync().ConfigureAwait(false);
            }
        }

        ConsentAnswer read = Read(answer?.Trim() ?? "", preview);
        if (read is ConsentAnswer.Basic or ConsentAnswer.Middle or ConsentAnswer.Full)
        {
            // Another report follows.
            await _output.WriteLineAsync().ConfigureAwait(false);
        }

        return read;
    }

    private static ConsentAnswer Read(string answer, ReportPreview preview) =>
        IsOneOf("QuestionYes", answer, preview) ? ConsentAnswer.Yes
        : preview.Question != ConsentQuestion.ThisAndLater ? ConsentAnswer.No
        : IsOneOf("QuestionLaterOnce", answer, preview) ? ConsentAnswer.Once
        : IsOneOf("QuestionLaterNever", answer, preview) ? ConsentAnswer.Never
        : IsLevel(UsageLevel.Basic, "AnswerBasic", answer, preview) ? ConsentAnswer.Basic
        : IsLevel(UsageLevel.Middle, "AnswerMiddle", answer, preview) ? ConsentAnswer.Middle
        : IsLevel(UsageLevel.Full, "AnswerFull", answer, preview) ? ConsentAnswer.Full
        : ConsentAnswer.No;

    private static bool IsLevel(UsageLevel level, string name, string answer, ReportPreview preview) =>
        preview.OtherLevels.Contains(level) && IsOneOf(name, answer, preview);

    private static bool IsOneOf(string name, string answer, ReportPreview preview) =>
        preview.Texts.Get(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(answer, StringComparer.OrdinalIgnoreCase);
}
