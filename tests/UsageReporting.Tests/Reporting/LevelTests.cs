using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>An application whose people choose how much they report.</summary>
public sealed class LevelTests
{
    private static readonly FlagField First = UsageField.Flag("first", "First", "Why.");
    private static readonly FlagField Second = UsageField.Flag("second", "Second", "Why.") with { Level = UsageLevel.Middle };
    private static readonly FlagField Third = UsageField.Flag("third", "Third", "Why.") with { Level = UsageLevel.Full };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_LessChosen_ShowsThatReportAndAgreesToThatLevel()
    {
        ScriptedSink sink = new();
        using TestClient client = Client(sink);
        Queue<ConsentAnswer> answers = new([ConsentAnswer.Basic, ConsentAnswer.Middle, ConsentAnswer.Yes, ConsentAnswer.Yes]);
        ScriptedPrompt prompt = new((_, _) => answers.Dequeue());

        await client.Reporter.ReportAsync(prompt);
        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => $"{preview.Level} {preview.Json[47..]}"), Is.EqualTo(new[]
        {
            """Full "first":true,"second":true,"third":true}""",
            """Basic "first":true}""",
            """Middle "first":true,"second":true}""",
            """Middle "first":true,"second":true}""",
        }));
        Assert.That(sink.Reports, Is.EqualTo(prompt.Seen.TakeLast(2).Select(preview => preview.Json)));
        Assert.That((await client.Reporter.GetStatusAsync()).Decision.Level, Is.EqualTo(UsageLevel.Middle));
    }

    [Test]
    public async Task ReportAsync_LevelThatIsShownOrThatThereIsNot_IsNo()
    {
        ScriptedSink sink = new();
        using TestClient client = Client(sink);

        Assert.That(await client.ReportAsync(ConsentAnswer.Full), Is.EqualTo(new ReportOutcome.Declined()));

        using TestClient flat = Client(sink, First);
        Assert.That(await flat.ReportAsync(ConsentAnswer.Middle), Is.EqualTo(new ReportOutcome.Declined()));
        Assert.That(sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task ReportAsync_ProgramThatCannotDecide_EndsWithNo()
    {
        using TestClient client = Client(new ScriptedSink());
        ScriptedPrompt prompt = new((preview, _) =>
            preview.Level == UsageLevel.Basic ? ConsentAnswer.Full : ConsentAnswer.Basic);

        Assert.That(await client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Declined()));
    }

    [TestCase(UsageLevel.Basic, "\"first\":true}"), TestCase(UsageLevel.Full, "\"first\":true,\"third\":true}")]
    public async Task ReportAsync_YesToLessWhileItIsShown_IsComposedAnew(UsageLevel level, string fields)
    {
        ScriptedSink sink = new();
        using TestClient client = Client(sink);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);

        // Another process, of an earlier version: the same field of another level is paused here.
        using TestClient other = Client([sink], First, Third);
        ScriptedPrompt prompt = new((_, _) =>
        {
            other.Reporter.SetConsentAsync(ConsentChoice.Yes, level).GetAwaiter().GetResult();
            return ConsentAnswer.Yes;
        });

        Assert.That(await client.Reporter.ReportAsync(prompt), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(sink.Reports.Single(), Does.EndWith(fields));
        Assert.That(prompt.Seen, Has.Count.EqualTo(2));
    }

    [TestCase(UsageLevel.Basic)]
    [TestCase(UsageLevel.Middle)]
    [TestCase(UsageLevel.Full)]
    public async Task ReportAsync_EndpointForEachLevel_GoesToItsOwnOnly(UsageLevel level)
    {
        ScriptedSink[] sinks =
        [
            new("https://example.org/basic") { Level = UsageLevel.Basic },
            new("https://example.org/middle") { Level = UsageLevel.Middle },
            new("https://example.org/full") { Level = UsageLevel.Full },
        ];
        using TestClient client = Client(sinks);
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes, level);

        Assert.That(
            (await client.Reporter.GetStatusAsync()).Destinations,
            Is.EqualTo(new[] { $"https://example.org/{level.ToString().ToLowerInvariant()}" }));
        Assert.That(await client.ReportAsync(ConsentAnswer.Yes), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(sinks.Where(sink => sink.Deliveries.Count > 0).Select(sink => sink.Level), Is.EqualTo(new UsageLevel?[] { level }));
        Assert.That(client.FrozenFile, Does.Not.Exist);
    }

    [Test]
    public async Task ReportAsync_NoEndpointForTheLevel_ReachesNobody()
    {
        ScriptedSink sink = new() { Level = UsageLevel.Basic };
        using TestClient client = Client(sink);

        ReportOutcome outcome = await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(client.Reporter.Describe(outcome), Is.EqualTo(
            new[] { "Could not reach the reporting endpoint. Nothing was sent." }));
        Assert.That(sink.Deliveries, Is.Empty);
        Assert.That(client.FrozenFile, Does.Not.Exist);
    }

    [Test]
    public async Task ReportAsync_UnansweredAtTheLevelsEndpoint_IsSentThereAgain()
    {
        ScriptedSink basic = new("https://example.org/basic") { Level = UsageLevel.Basic };
        ScriptedSink full = new("https://example.org/full") { Level = UsageLevel.Full };
        full.Answering(ScriptedSink.Unanswered);
        using TestClient client = Client(basic, full);
        await client.ReportAsync(ConsentAnswer.Yes);

        full.Answering(new DeliveryResult.Accepted());
        Assert.That(await client.ReportAsync(ConsentAnswer.Yes), Is.EqualTo(new ReportOutcome.Sent()));

        Assert.That(full.Reports.Distinct().Count(), Is.EqualTo(1));
        Assert.That(full.Deliveries[1].IsRepeat, Is.True);
        Assert.That(basic.Deliveries, Is.Empty);
    }

    [Test]
    public async Task ReportAsync_FieldsOfTheIdSinceTheYes_AreNotPaused()
    {
        ScriptedSink sink = new();
        using (TestClient before = Client(sink))
        {
            await before.ReportAsync(ConsentAnswer.Yes);
        }

        using TestClient after = new(_folder.Combine("state"), sink)
        {
            Fields = [First],
            Collect = values => values.Set(First, true),
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.Identity = new ReportIdentity { Kind = IdentityKind.Rotating };
            },
            Add = builder => Microsoft.Extensions.DependencyInjection.UsageCollectorExtensions.AddIdentityFields(
                builder, IdentityFields.Period(RotationPeriod.Week), IdentityFields.FirstReport()),
        };
        ScriptedPrompt prompt = new(ConsentAnswer.Yes);
        await after.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Single().Question, Is.EqualTo(ConsentQuestion.None), "an id that lasts shorter asks nobody again");
        Assert.That(prompt.Seen.Single().Json, Does.Contain("\"period\""));
        Assert.That(prompt.Seen.Single().Paused.Select(field => field.Name), Is.EqualTo(new[] { "first_report" }));
    }

    private TestClient Client(params IReportSink[] sinks) => Client(sinks, First, Second, Third);

    private TestClient Client(IReportSink sink, FlagField only) => Client([sink], only);

    private TestClient Client(IReportSink[] sinks, params FlagField[] fields) => new(_folder.Combine("state"), sinks)
    {
        Fields = fields,
        Collect = values =>
        {
            foreach (FlagField field in fields)
            {
                values.Set(field, true);
            }
        },
        Configure = options => options.Consent = ConsentMode.OptIn,
    };
}
