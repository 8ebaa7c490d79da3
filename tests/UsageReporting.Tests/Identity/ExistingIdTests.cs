using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Identity;

/// <summary>An id that the host had before, taken over so that the installation stays one.</summary>
public sealed class ExistingIdTests
{
    private ScriptedSink _sink = null!;
    private ScriptedPrompt _yes = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _sink = new ScriptedSink();
        _yes = new ScriptedPrompt(ConsentAnswer.Yes);
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task UseExistingId_No_IsShownAndNothingIsKept()
    {
        using TestClient client = Client((_, _) => ValueTask.FromResult<string?>(Paperless.Id.ToUpperInvariant()));
        ScriptedPrompt no = new(ConsentAnswer.No);

        await client.Reporter.ReportAsync(no);

        Assert.That((no.Seen[0].Rows[0].Value, no.Seen[0].IsIdNew), Is.EqualTo((Paperless.Id, false)));
        Assert.That(Directory.Exists(client.DataDirectory), Is.False);
    }

    [Test]
    public async Task UseExistingId_Yes_IsKeptAndNotAskedForAgain()
    {
        int asked = 0;
        using TestClient client = Client((_, _) =>
        {
            asked++;
            return ValueTask.FromResult<string?>(Paperless.Id);
        });

        await client.Reporter.ReportAsync(_yes);
        await client.Reporter.ReportAsync(_yes);

        Assert.That(asked, Is.EqualTo(1));
        Assert.That(_sink.Reports, Is.EqualTo(new[] { Paperless.Report, Paperless.Report }));
        Assert.That(await File.ReadAllTextAsync(client.IdFile), Is.EqualTo(Paperless.Id + "\n"));
    }

    [Test]
    public async Task ResetIdAsync_ExistingId_IsNotTakenOverAgain()
    {
        using TestClient client = Client((_, _) => ValueTask.FromResult<string?>(Paperless.Id));
        await client.Reporter.ReportAsync(_yes);

        Assert.That(await client.Reporter.ResetIdAsync(), Is.True);
        await client.Reporter.ReportAsync(_yes);

        Assert.That((_yes.Seen[1].Rows[0].Value == Paperless.Id, _yes.Seen[1].IsIdNew), Is.EqualTo((false, true)));
        Assert.That(File.Exists(client.IdFile + ".old"), Is.False);
    }

    [Test]
    public async Task ResetIdAsync_WhileTheQuestionStands_TheExistingIdIsNotTakenOver()
    {
        using TestClient client = Client((_, _) => ValueTask.FromResult<string?>(Paperless.Id));
        using TestClient other = Client((_, _) => ValueTask.FromResult<string?>(Paperless.Id));
        ScriptedPrompt prompt = new((preview, _) =>
        {
            if (preview.Rows[0].Value == Paperless.Id)
            {
                other.Reporter.ResetIdAsync().GetAwaiter().GetResult();
            }

            return ConsentAnswer.Yes;
        });

        await client.Reporter.ReportAsync(prompt);

        Assert.That(prompt.Seen.Select(preview => preview.IsIdNew), Is.EqualTo(new[] { false, true }));
        Assert.That(_sink.Reports.Single(), Does.Not.Contain(Paperless.Id));
    }

    [TestCase(null, null)]
    [TestCase("c4:54:44:aa:bb:cc", "Warning 1007")]
    [TestCase("a1b2c3d4-e5f6-7890-abcd-ef1234567890", "Warning 1007")]
    public async Task UseExistingId_NoneThatCanBeReported_ANewOneIsDrawn(string? found, string? logged)
    {
        using TestClient client = Client((_, _) => ValueTask.FromResult(found));

        await client.Reporter.ReportAsync(_yes);

        Assert.That(_yes.Seen[0].IsIdNew, Is.True);
        Assert.That(client.Log.Complaints, logged is null ? Is.Empty : Has.Exactly(1).StartsWith(logged).And.Not.Contain(found));
    }

    [Test]
    public async Task UseExistingId_Throws_NothingIsSentAndNobodyIsAsked()
    {
        using TestClient client = Client((_, _) => throw new InvalidOperationException("canary"));

        Assert.That(await client.Reporter.ReportAsync(_yes), Is.EqualTo(new ReportOutcome.Incomplete("Installation ID")));
        Assert.That(_yes.Seen, Is.Empty);
        Assert.That(client.Log.Complaints.Single(), Does.StartWith("Warning 1008").And.Not.Contain("canary"));
    }

    [Test]
    public async Task UseExistingId_Hangs_NothingIsSent()
    {
        TaskCompletionSource called = new();
        using TestClient client = Client((_, _) =>
        {
            called.SetResult();
            return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
        });

        Task<ReportOutcome> reporting = client.Reporter.ReportAsync(_yes);
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        client.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(
            await reporting.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(new ReportOutcome.Incomplete("Installation ID")));
    }

    private TestClient Client(Func<IServiceProvider, CancellationToken, ValueTask<string?>> find) =>
        new(_folder.Combine("state"), _sink) { Add = builder => builder.UseExistingId(find) };
}
