using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.AspNetCore;
using UsageReporting.CommandLine;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Texts;

public sealed partial class UsageTextsTests
{
    private static readonly ResourceManager Core = new(typeof(UsageTexts));

    [Test]
    public void Get_TheHostsOwn_TakesThePlaceOfThePackages()
    {
        UsageTexts texts = new(name => name == "Incomplete" ? "{0} fehlt. Nichts gesendet." : null);

        Assert.That(texts.Get("Incomplete", "Architektur"), Is.EqualTo("Architektur fehlt. Nichts gesendet."));
        Assert.That(texts.Get("Declined"), Is.EqualTo("Nothing sent."));
    }

    [TestCase("{0} {1} {2} {9}")]
    [TestCase("{")]
    [TestCase("{0:}}")]
    public void Get_TheHostsOwnCannotBeFilled_IsThePackages(string broken) =>
        Assert.That(new UsageTexts(_ => broken).Get("BecauseSet", "DO_NOT_TRACK"), Is.EqualTo("DO_NOT_TRACK is set"));

    [Test]
    public void Get_TheHostThrows_IsThePackages() =>
        Assert.That(new UsageTexts(_ => throw new InvalidOperationException()).Get("Declined"), Is.EqualTo("Nothing sent."));

    [Test]
    [SetUICulture("de-AT")]
    public void Get_LanguageWithoutATranslation_IsEnglish() =>
        Assert.That(new UsageTexts().Get("Declined"), Is.EqualTo("Nothing sent."));

    [Test]
    public void Get_NamesInTheSource_AreAllThere()
    {
        // Some stand in a condition, away from the call that reads them.
        string[] words = [.. Sources().SelectMany(source => Word().Matches(source)).Select(match => match.Groups[1].Value)];
        string[] used = [.. Sources().SelectMany(source => Name().Matches(source)).Select(match => match.Groups[1].Value)];
        string[] forAll = [.. words.Select(word => word + "ForAll")];
        string[] leftOut = [.. Enum.GetNames<LeftOutReason>().Select(reason => "LeftOut" + reason)];

        Assert.That(used, Has.Length.GreaterThan(60));
        Assert.That(used.Concat(leftOut).Except(Names()), Is.Empty, "these have no text");
        Assert.That(Names().Except([.. words, .. forAll, .. leftOut]), Is.Empty, "nobody reads these");
    }

    [Test]
    public void Documentation_OfTheTexts_NamesThemAll() =>
        Assert.That(
            File.ReadAllText(RepositoryRoot.Combine("docs", "texts.md")),
            Does.Contain(string.Concat(Resources().SelectMany(Texts).Select(text => $"| `{text.Key}` | {text.Value} |\n"))));

    [Test]
    public async Task ReportAsync_EveryTextIsTheHosts_NoneOfOursIsSeen()
    {
        using TemporaryFolder folder = new();
        using TestClient client = new(folder.Combine("state"), new ScriptedSink())
        {
            Configure = options =>
            {
                Paperless.Configure(options);
                options.Text = name => $"<{name}>";
            },
        };
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);

        ReportOutcome outcome = await client.Reporter.ReportAsync(prompt);

        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(new[] { "<Sent>" }));
        Assert.That(prompt.Seen[0].ToText(isDryRun: true), Does.StartWith("<PreviewIntroduction>\n\n<label.uuid>")
            .And.Contain("<label.doc_bucket>").And.Contain("<promise>").And.Contain("<ValueYes>"));
        Assert.That(prompt.Seen[0].Json, Does.Not.Contain("<"));
        Assert.That(System.Text.Encoding.UTF8.GetString(client.Reporter.Schema.ToJson()), Does.Not.Contain("<"));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Because, Is.EqualTo("<BecauseAskEachTime>"));
    }

    [Test]
    public async Task AskAsync_TranslatedQuestion_TakesTheTranslatedYes()
    {
        UsageTexts texts = new(name => name switch
        {
            "Question" => "Diesen Bericht senden? [j/N]:",
            "QuestionYes" => "j ja",
            _ => null,
        });
        ReportPreview preview = Previews.Of(texts: texts);
        using StringWriter output = new();

        ConsentAnswer[] answers = [.. await Task.WhenAll(new[] { "JA", "j", "y", "ja nein", "" }.Select(answer =>
            new ConsoleConsentPrompt(new StringReader(answer), output, isTerminal: true)
                .AskAsync(preview, CancellationToken.None).AsTask()))];

        Assert.That(answers, Is.EqualTo(
            new[] { ConsentAnswer.Yes, ConsentAnswer.Yes, ConsentAnswer.No, ConsentAnswer.No, ConsentAnswer.No }));
        Assert.That(output.ToString(), Does.Contain("Diesen Bericht senden? [j/N]: "));
    }

    [TestCase("j ja ")]
    [TestCase("j  ja")]
    [TestCase("")]
    public async Task AskAsync_StrayBlankInATranslation_DoesNotMakeEnterAYes(string yes)
    {
        ReportPreview preview = Previews.Of(texts: new UsageTexts(name => name == "QuestionYes" ? yes : null));

        Assert.That(
            await new ConsoleConsentPrompt(new StringReader("\n"), TextWriter.Null, isTerminal: true)
                .AskAsync(preview, CancellationToken.None),
            Is.EqualTo(ConsentAnswer.No));
    }

    private static IEnumerable<ResourceManager> Resources() =>
        [Core, new(typeof(CommandTexts)), new(typeof(CardTexts))];

    private static IEnumerable<string> Names() => Resources().SelectMany(Texts).Select(text => text.Key);

    private static IEnumerable<(string Key, string Value)> Texts(ResourceManager resources) =>
        resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<DictionaryEntry>()
            .Select(entry => ((string)entry.Key, (string)entry.Value!))
            .OrderBy(text => text.Item1, StringComparer.Ordinal);

    private static IEnumerable<string> Sources() =>
        new[] { "UsageReporting.Core", "UsageReporting.CommandLine", "UsageReporting.AspNetCore" }
            .SelectMany(package => Directory.EnumerateFiles(
                RepositoryRoot.Combine("src", package), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("""(?:Get|Help)\(\s*"([A-Z]\w+)"[,)]""")]
    private static partial Regex Name();

    [GeneratedRegex("\"([A-Z]\\w+)\"")]
    private static partial Regex Word();
}
