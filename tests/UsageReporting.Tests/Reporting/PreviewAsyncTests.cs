using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.Recording;

namespace UsageReporting.Tests.Reporting;

/// <summary>Looking at a report: nothing is thrown, changed, sent or asked for.</summary>
public sealed class PreviewAsyncTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase(null), TestCase(UsageLevel.Full)]
    public async Task PreviewAsync_SomethingThrows_IsAnOutcome(UsageLevel? level)
    {
        using TestClient client = Client(new ScriptedSink(), new FailingSource { Fails = true });

        (ReportPreview? report, ReportOutcome outcome) = await client.Reporter.PreviewAsync(level);

        Assert.That(report, Is.Null);
        Assert.That(outcome, Is.EqualTo(
            new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable(nameof(InvalidOperationException), MaybeReceived: false))));
    }

    [TestCase(null), TestCase(UsageLevel.Full)]
    public async Task PreviewAsync_Interrupted_IsDeclined(UsageLevel? level)
    {
        using TestClient client = new(_folder.Combine("state"), new ScriptedSink());

        Assert.That(
            await client.Reporter.PreviewAsync(level, new CancellationToken(canceled: true)),
            Is.EqualTo(((ReportPreview?)null, (ReportOutcome)new ReportOutcome.Declined())));
    }

    [TestCase(null), TestCase(UsageLevel.Full)]
    public void PreviewAsync_Disposed_SaysSo(UsageLevel? level)
    {
        using TestClient client = new(_folder.Combine("state"), new ScriptedSink());
        UsageReporter reporter = client.Reporter;
        reporter.Dispose();

        Assert.That(() => reporter.PreviewAsync(level), Throws.InstanceOf<ObjectDisposedException>());
    }

    // What may have arrived and is over is settled by the next report, and not by a look.
    [Test]
    public async Task PreviewAsync_AnOverdueReportWaits_ChangesNothingOnTheDisk()
    {
        using Printers printers = new(_folder.Combine("state"));
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("app_start");
        await printers.FlushAsync();
        printers.Sink.Answering(ScriptedSink.Unanswered);
        await printers.SendAsync();
        printers.Client.Time.Advance(TimeSpan.FromDays(8));
        Dictionary<string, string> before = Files();

        (ReportPreview? report, _) = await printers.Reporter.PreviewAsync();
        await printers.Reporter.CompareAsync();

        Assert.That(report, Is.Not.Null);
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task ReportAsync_FailsBeforeAnythingIsTried_AsksNobodyToErase()
    {
        FailingSource source = new();
        ErasingSink sink = new() { Answer = _ => new TakeBackResult.Unreachable("refused") };
        using TestClient client = Client(sink, source);
        await client.ReportAsync(ConsentAnswer.Yes);
        await client.Reporter.EraseAsync();
        client.Time.Advance(TimeSpan.FromDays(1));
        source.Fails = true;

        await client.ReportAsync(ConsentAnswer.No);

        Assert.That(sink.Asked, Has.Count.EqualTo(1));
        await client.Reporter.AskToEraseAgainAsync();
        Assert.That(sink.Asked, Has.Count.EqualTo(2), "It was due.");
    }

    private TestClient Client(IReportSink sink, FailingSource source) => new(_folder.Combine("state"), sink)
    {
        Add = builder =>
        {
            builder.AddIdentityFields(IdentityFields.ErasureKey());
            builder.Services.AddSingleton<IConsentSource>(source);
        },
    };

    private Dictionary<string, string> Files() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => File.ReadAllText(path));
}
