using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary><c>usage export</c>, <c>erase</c> and <c>verify-receipt</c> of a built sample, against the built server.</summary>
internal sealed class TakeBackCommandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Run_SentSeenErasedAndVerified_LeavesNothingAtTheServer()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] endpoint = ["--endpoint", server.NapariEndpoint];
        await RunAsync(["send", "--yes", .. endpoint]);

        ChildResult exported = await RunAsync(["export", "--remote", .. endpoint]);
        ChildResult erased = await RunAsync(["erase", .. endpoint]);
        ChildResult verified = await RunAsync(["verify-receipt"]);
        string key = ErasureReceipt.Parse((await File.ReadAllLinesAsync(_folder.Combine("state", "receipts.jsonl")))[0])!.PublicKey!;
        ChildResult genuine = await RunAsync(["verify-receipt", "--key", key]);
        string receipts = _folder.Combine("state", "receipts.jsonl");
        await File.WriteAllTextAsync(receipts, (await File.ReadAllTextAsync(receipts)).Replace("\"reports\":1", "\"reports\":0", StringComparison.Ordinal));
        ChildResult changed = await RunAsync(["verify-receipt"]);

        Assert.Multiple(() =>
        {
            Assert.That((exported.ExitCode, exported.Error), Is.EqualTo((0, "")));
            Assert.That((string?)JsonNode.Parse(exported.Output)![0]!["reports"]![0]!["napari_version"], Is.Not.Null);
            Assert.That((erased.ExitCode, erased.Error), Is.EqualTo((0, "")));
            Assert.That(erased.Output, Does.Match("^Erased: 1 reports of napari, at 20[-0-9T:]*Z\\.\n$"));
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports_napari"), Is.Empty);
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM report_values"), Is.Empty);
            Assert.That(verified.ExitCode, Is.Zero);
            Assert.That(verified.Output, Does.StartWith("Signed by the key that came with it: 1 reports of napari"));
            Assert.That(verified.Output, Does.EndWith($" {Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(key)))}\n"));
            Assert.That((genuine.ExitCode, genuine.Output), Is.EqualTo((0, verified.Output.Replace("Signed by the key that came with it", "Genuine", StringComparison.Ordinal).Split(". Whose")[0] + ".\n")));
            Assert.That(changed.ExitCode, Is.EqualTo(1));
            Assert.That(changed.Output, Does.StartWith("Not genuine: 0 reports of napari"));
        });
    }

    [Test]
    public async Task Run_OffWithErase_ErasesAndIsOff()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] endpoint = ["--endpoint", server.NapariEndpoint];
        await RunAsync(["on", .. endpoint]);
        await RunAsync(["send", .. endpoint]);

        ChildResult off = await RunAsync(["off", "--erase", .. endpoint]);

        Assert.That(off.ExitCode, Is.Zero, off.Error);
        Assert.That(off.Output, Does.StartWith("Erased: 1 reports of napari").And.Contain("\nUsage reporting: off (you said no on "));
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports_napari"), Is.Empty);
    }

    [Test, RequiresTool("script", "bsdutils")]
    public async Task Run_OffAtATerminal_OffersToErase()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] endpoint = ["--endpoint", server.NapariEndpoint];
        await RunAsync(["send", "--yes", .. endpoint]);

        ChildResult off = await PseudoTerminal.RunAsync(
            "dotnet", Command(["off", .. endpoint]), [new Typed("Have everything erased that was sent, too? [y/N]: ", "y\n")]);

        Assert.That(off.ExitCode, Is.Zero, off.Output);
        Assert.That(off.Output, Does.Contain("Erased: 1 reports of napari").And.Contain("Usage reporting: off"));
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports_napari"), Is.Empty);
    }

    [Test, RequiresTool("script", "bsdutils")]
    public async Task Run_OffAndCtrlCAtTheQuestion_IsOff()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] endpoint = ["--endpoint", server.NapariEndpoint];
        await RunAsync(["on", .. endpoint]);
        await RunAsync(["send", .. endpoint]);

        ChildResult off = await PseudoTerminal.RunAsync("dotnet", Command(["off", .. endpoint]), [new Typed("too? [y/N]: ", "\u0003")]);

        Assert.That(off.ExitCode, Is.EqualTo(130), off.Output);
        Assert.That((await RunAsync(["status", .. endpoint])).Output, Does.Contain("you said no on "));
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports_napari"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Run_EraseAndNobodyAnswers_SaysSoAndKeepsTheWish()
    {
        string endpoint;
        await using (RunningReferenceServer server = await RunningReferenceServer.StartAsync())
        {
            endpoint = server.NapariEndpoint;
            await RunAsync(["send", "--yes", "--endpoint", endpoint]);
        }

        string address = new Uri(endpoint).GetLeftPart(UriPartial.Authority);
        ChildResult exported = await RunAsync(["export", "--remote", "--endpoint", endpoint]);
        ChildResult erased = await RunAsync(["erase", "--endpoint", endpoint]);
        string wish = await File.ReadAllTextAsync(_folder.Combine("state", "erasures.json"));
        ChildResult elsewhere = await RunAsync(["erase", "--endpoint", "http://127.0.0.1:9/napari/report"]);

        Assert.That((exported.ExitCode, exported.Error), Is.EqualTo((1, $"{address} has given nothing (ConnectionError).\n")));
        Assert.That((erased.ExitCode, erased.Error), Is.EqualTo((0, "")));
        Assert.That(erased.Output, Is.EqualTo($"{address} has given no receipt yet. It is asked again later, or now by `usage erase`.\n"));
        Assert.That(wish, Does.Contain(address));
        Assert.That(elsewhere.Output, Is.EqualTo(erased.Output), "The wish waits for the next run that reports there.");
        Assert.That(_folder.Combine("state", "erasures.json"), Does.Exist);
    }

    [Test]
    public async Task Run_VerifyReceiptOfAFile_TakesTheKeyThatIsGiven()
    {
        await File.WriteAllTextAsync(_folder.Combine("receipt.json"), "{}");

        ChildResult none = await RunAsync(["verify-receipt"]);
        ChildResult noReceipt = await RunAsync(["verify-receipt", _folder.Combine("receipt.json")]);
        ChildResult noFile = await RunAsync(["verify-receipt", _folder.Combine("nope.json"), "--key", "AA=="]);

        Assert.That((none.ExitCode, none.Output), Is.EqualTo((0, "Nothing was erased yet.\n")));
        Assert.That((noReceipt.ExitCode, noReceipt.Output), Is.EqualTo((1, "This is no receipt, and no certificate.\n")));
        Assert.That(noFile.ExitCode, Is.EqualTo(1));
        Assert.That(noFile.Error, Does.Contain("nope.json"));
    }

    private Task<ChildResult> RunAsync(string[] arguments) => ChildProcess.RunAsync("dotnet", Command(arguments));

    private string[] Command(string[] arguments) =>
        [BuiltSample.Dll("ConsentLevels"), "usage", .. arguments, "--data-directory", _folder.Combine("state")];
}
