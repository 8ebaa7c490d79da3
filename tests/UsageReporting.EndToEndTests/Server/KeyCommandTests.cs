using System.Collections.Concurrent;
using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The verb <c>keys</c> of the built reference server.</summary>
public sealed class KeyCommandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_AddListRevoke_SayWhatTheyDo()
    {
        ChildResult added = await RunAsync(
            "add", "napari", "--scopes=report,read", "--not-before=2026-12-01", "--expires=2027-12-01T12:00:00Z", "--note=the plugin's");
        string id = added.Output.Split('_')[1];
        ChildResult listed = await RunAsync("list");
        ChildResult revoked = await RunAsync("revoke", id);
        ChildResult after = await RunAsync("list");

        string line = $"{id} napari report,read from 2026-12-01T00:00:00Z until 2027-12-01T12:00:00Z";
        Assert.Multiple(() =>
        {
            Assert.That(added.Output, Does.Match("^ur_[0-9a-f]{12}_[0-9a-f]{64}\n$"));
            Assert.That(added.Error, Is.EqualTo($"This is shown once. {line} \"the plugin's\"\n"));
            Assert.That(listed.Output, Is.EqualTo($"{line} \"the plugin's\"\n"));
            Assert.That(revoked.Output, Is.EqualTo($"{id} opens nothing any more.\n"));
            Assert.That(after.Output, Does.StartWith($"{line} revoked 20").And.EndWith("Z \"the plugin's\"\n"));
            Assert.That(new[] { added, listed, revoked, after }.Select(result => result.ExitCode), Is.All.Zero);
        });
    }

    [Test]
    public async Task Run_AddOfEveryProduct_SaysSo()
    {
        ChildResult added = await RunAsync("add", "*", "--scopes=read");

        Assert.That((added.ExitCode, added.Error), Is.EqualTo((0, $"This is shown once. {added.Output.Split('_')[1]} * read\n")));
    }

    [TestCase(1, "The keys are as they were: There is no product \"nope\".\n", "add", "nope")]
    [TestCase(1, "The keys are as they were: \"all\" is no scope: report, read, admin.\n", "add", "napari", "--scopes=all")]
    [TestCase(1, "The keys are as they were: \"soon\" is no time, such as 2026-12-01 or 2026-12-01T12:00:00Z.\n", "add", "napari", "--expires=soon")]
    [TestCase(1, "The keys are as they were: There is no key nope.\n", "revoke", "nope")]
    [TestCase(2, "usage: ", "add")]
    [TestCase(2, "usage: ", "add", "napari", "--expire=2027-12-01")]
    [TestCase(2, "usage: ", "add", "napari", "--scope=read")]
    [TestCase(2, "usage: ", "add", "napari", "--scopes", "read")]
    [TestCase(2, "usage: ", "remove")]
    public async Task Run_WithoutSense_SaysSo(int exitCode, string said, params string[] arguments)
    {
        ChildResult result = await RunAsync(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.StartWith(said));
    }

    [Test]
    public async Task Run_ServerThatCannotReadItsKeys_DoesNotStart()
    {
        Directory.CreateSymbolicLink(_folder.Combine("keys"), _folder.Combine("keys"));

        ChildResult result = await ChildProcess.RunAsync(
            "dotnet",
            [BuiltSample.Dll("ReferenceServer"), "--urls", "http://127.0.0.1:0", $"--UsageReporting:Server:DataDirectory={_folder.Path}"]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Match("^The server cannot start: The keys in .*/keys cannot be read: [^\n]*\n$"));
    }

    // Clients that never pause change from one key to the other, each when it likes; then the first key goes.
    [Test]
    public async Task Run_KeyRotatedUnderLoad_CostsNoRequest()
    {
        string first = (await RunAsync("add", "paperless-ngx")).Output.Trim();
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        ConcurrentDictionary<HttpStatusCode, int> answers = new();
        string?[] keys = [.. Enumerable.Repeat(first, 4)];
        using CancellationTokenSource end = new();
        Task clients = Task.WhenAll(Enumerable.Range(0, keys.Length).Select(client => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                answers.AddOrUpdate(await SendAsync(server, Volatile.Read(ref keys[client])!), 1, (_, count) => count + 1);
            }
        })));

        string second = (await RunAsync("add", "paperless-ngx")).Output.Trim();
        await WaitForAsync(server, second, HttpStatusCode.NoContent);
        for (int client = 0; client < keys.Length; client++)
        {
            Volatile.Write(ref keys[client], second);
            int sent = answers.Values.Sum();
            Assert.That(() => answers.Values.Sum(), Is.GreaterThan(sent + 20).After(20_000, 10));
        }

        await RunAsync("revoke", first.Split('_')[1]);
        await WaitForAsync(server, first, HttpStatusCode.Unauthorized);
        await end.CancelAsync();
        await clients;

        Assert.That(answers.Keys, Is.EqualTo(new[] { HttpStatusCode.NoContent }));
        Assert.That(await SendAsync(server, second), Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Run_KeyAdded_IsInNoFileAsItIs()
    {
        string key = (await RunAsync("add", "paperless-ngx")).Output.Trim();
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.Path))
        {
            Assert.That(await SendAsync(server, key), Is.EqualTo(HttpStatusCode.NoContent));
        }

        string kept = string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => File.ReadAllText(file, Encoding.Latin1)));
        Assert.That(kept, Does.Contain(key.Split('_')[1]).And.Not.Contain(key.Split('_')[2]));
    }

    private static async Task WaitForAsync(ServerProcess server, string key, HttpStatusCode expected)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (await SendAsync(server, key) != expected)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private static async Task<HttpStatusCode> SendAsync(ServerProcess server, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/report");
        request.Content = new StringContent(Reports.Paperless(Reports.NewId()), Encoding.UTF8, "application/json");
        request.Headers.Add("X-API-Key", key);
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<ChildResult> RunAsync(params string[] arguments) => ChildProcess.RunAsync(
        "dotnet", [BuiltSample.Dll("ReferenceServer"), "keys", .. arguments, $"--UsageReporting:Server:DataDirectory={_folder.Path}"]);
}
