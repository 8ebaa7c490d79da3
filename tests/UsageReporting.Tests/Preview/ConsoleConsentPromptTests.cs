using NUnit.Framework;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;
using VerifyNUnit;

namespace UsageReporting.Tests.Preview;

public sealed class ConsoleConsentPromptTests
{
    private const string Question = "Send this report? [y/N]: ";

    [TestCase("y\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("Y\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("yes\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("YES\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("Yes\r\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase(" yes \n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("y", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("n\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("no\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("\ny\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("yess\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("ye\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("y y\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("yeah\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("\uFF59\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("y\0\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("1\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("true\n", ExpectedResult = ConsentAnswer.No)]
    [TestCase("", ExpectedResult = ConsentAnswer.No)]
    public async Task<ConsentAnswer> AskAsync_Answer_OnlyYMeansYes(string typed)
    {
        using StringReader input = new(typed);
        return await new ConsoleConsentPrompt(input, TextWriter.Null, isTerminal: true)
            .AskAsync(Previews.Of(), CancellationToken.None);
    }

    [TestCase("b\n", ExpectedResult = ConsentAnswer.Basic)]
    [TestCase("Middle\n", ExpectedResult = ConsentAnswer.Middle)]
    [TestCase("f\n", ExpectedResult = ConsentAnswer.No, Description = "the level that is shown")]
    [TestCase("y\n", ExpectedResult = ConsentAnswer.Yes)]
    [TestCase("e\n", ExpectedResult = ConsentAnswer.Never)]
    public async Task<ConsentAnswer> AskAsync_Levels_AreAnswersToo(string typed)
    {
        using StringReader input = new(typed);
        return await new ConsoleConsentPrompt(input, TextWriter.Null, isTerminal: true)
            .AskAsync(OfLevels(ConsentQuestion.ThisAndLater), CancellationToken.None);
    }

    [Test]
    public async Task AskAsync_Levels_AreShownWithWhatEachAdds()
    {
        using StringReader input = new("b\n");
        using StringWriter output = new() { NewLine = "\n" };
        await new ConsoleConsentPrompt(input, output, isTerminal: true)
            .AskAsync(OfLevels(ConsentQuestion.ThisAndLater), CancellationToken.None);

        await Verifier.Verify(output.ToString());
    }

    [Test]
    public async Task AskAsync_LevelsWhereOnlyThisReportIsAskedFor_AreNoAnswers()
    {
        using StringReader input = new("b\n");
        using StringWriter output = new() { NewLine = "\n" };

        Assert.That(
            await new ConsoleConsentPrompt(input, output, isTerminal: true)
                .AskAsync(OfLevels(ConsentQuestion.ThisReport), CancellationToken.None),
            Is.EqualTo(ConsentAnswer.No));
        Assert.That(output.ToString(), Does.Not.Contain("level"));
    }

    private static ReportPreview OfLevels(ConsentQuestion question) => Previews.Of(
        """
        {"identifier":"a1b2c3d4-e5f6-8890-abcd-ef1234567890","period":"2026-W47","napari_version":"0.6.1","python_version":"3.12.3",
        "platform":"Linux","cpu_architecture":"x86_64","layer_count":"2-4"}
        """,
        schema: SeedSchemas.Napari,
        question: question);

    [Test]
    public async Task AskAsync_Terminal_ShowsThePreviewThenTheQuestion()
    {
        using StringReader input = new("n\n");
        using StringWriter output = new() { NewLine = "\n" };
        await new ConsoleConsentPrompt(input, output, isTerminal: true).AskAsync(Previews.Of(), CancellationToken.None);

        Assert.That(output.ToString(), Is.EqualTo($"{Previews.Of().ToText()}\n{Question}"));
    }

    [Test]
    public async Task AskAsync_EndOfInput_EndsTheLineOfTheQuestion()
    {
        using StringReader input = new("");
        using StringWriter output = new() { NewLine = "\n" };
        await new ConsoleConsentPrompt(input, output, isTerminal: true).AskAsync(Previews.Of(), CancellationToken.None);

        Assert.That(output.ToString(), Does.EndWith(Question + "\n"));
    }

    [Test]
    public async Task AskAsync_NoTerminal_ShowsThePreviewAndReadsNothing()
    {
        using StringReader input = new("yes\n");
        using StringWriter output = new() { NewLine = "\n" };
        ConsentAnswer answer = await new ConsoleConsentPrompt(input, output, isTerminal: false)
            .AskAsync(Previews.Of(), CancellationToken.None);

        Assert.That(answer, Is.EqualTo(ConsentAnswer.No));
        Assert.That(output.ToString(), Is.EqualTo($"{Previews.Of().ToText()}\n"));
        Assert.That(await input.ReadToEndAsync(), Is.EqualTo("yes\n"));
    }

    [Test]
    public async Task AskAsync_CancelledWhileTheQuestionStands_DoesNotWaitForALine()
    {
        using CancellationTokenSource interrupt = new();
        using WaitingReader input = new();
        Task<ConsentAnswer> asking = new ConsoleConsentPrompt(input, TextWriter.Null, isTerminal: true)
            .AskAsync(Previews.Of(), interrupt.Token).AsTask();
        await input.IsRead.WaitAsync(TimeSpan.FromSeconds(30));

        await interrupt.CancelAsync();

        Assert.That(
            async () => await asking.WaitAsync(TimeSpan.FromSeconds(30)), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A keyboard at which nobody types.</summary>
    private sealed class WaitingReader : TextReader
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task IsRead => _isRead.Task;

        public override string? ReadLine()
        {
            _isRead.SetResult();
            _released.Wait();
            return "y";
        }

        protected override void Dispose(bool disposing)
        {
            _released.Set();
            base.Dispose(disposing);
        }
    }
}
