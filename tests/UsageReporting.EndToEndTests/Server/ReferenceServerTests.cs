using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The reference server as a process of its own, from the built program and a folder that is not its own.</summary>
public sealed class ReferenceServerTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_Terminated_HasSaidOneLineStoredAndExitsWithZero()
    {
        await using ChildProcess server = Start("--UsageReporting:Server:DataDirectory=made/here");
        using HttpClient http = new() { BaseAddress = await AddressAsync(server) };

        using HttpResponseMessage answer = await http.PostAsync("/report", Json(Reports.Paperless()));
        server.Signal("TERM");
        ChildResult result = await server.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(answer.Headers.Server, Is.Empty);
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Output.Split('\n'), Is.EqualTo(new[] { result.Output.TrimEnd(), "" }));
            Assert.That(result.Error, Is.Empty);
            Assert.That(
                Directory.GetFiles(_folder.Combine("made", "here")).Select(Path.GetFileName),
                Is.EquivalentTo(new[] { "receipts.pem", "usage.db", "usage.db.lock" }));
        });
    }

    [Test]
    public async Task Run_TerminatedDuringARequest_DoesNotWaitForIt()
    {
        await using ChildProcess server = Start("--UsageReporting:Server:DataDirectory=.");
        Uri address = await AddressAsync(server);
        using TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /report HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\nExpect: 100-continue\r\n\r\n"));
        // The server has begun to read the body when it asks for it.
        await client.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100 Continue".Length]);

        server.Signal("TERM");

        Assert.That((await server.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    // Where the database lies in the program's folder, too, each write to it would be an event.
    [Test, Platform("Linux")]
    public async Task Run_Linux_WatchesNoFolder()
    {
        await using ChildProcess server = Start("--UsageReporting:Server:DataDirectory=.");
        await AddressAsync(server);

        string?[] open = [.. new DirectoryInfo($"/proc/{server.Id}/fd").GetFiles().Select(file => file.LinkTarget)];

        Assert.That(open, Has.Some.EndsWith("usage.db"));
        Assert.That(open, Has.None.Contains("inotify"));
    }

    [Test, Property("Case", 102)]
    public async Task Run_WrongSettings_NamesThemAndExitsWithOne()
    {
        await using ChildProcess server = Start(
            "--UsageReporting:Server:DataDirectory=.",
            "--UsageReporting:Server:Products:0:Name=other",
            "--UsageReporting:Server:Products:1:Name=more",
            "--UsageReporting:Server:Products:1:Schema=schemas/none.json");

        ChildResult result = await server.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.StartWith("The server cannot start:\n- other: its schema file ").And.Contain("\n- more: the schema file "));
            Assert.That(result.Error, Does.Not.Contain("   at "));
        });
    }

    [TestCase("--urls", "nowhere", "'nowhere'"), Property("Case", 102)]
    [TestCase("--UsageReporting:Server:DataDirectory", "", "UsageReporting:Server:DataDirectory is empty.")]
    [TestCase("--UsageReporting:Server:Products:0:Path", "/{report", "route template")]
    public async Task Run_SettingOfNoSense_IsNamedAndExitsWithOne(string name, string value, string said)
    {
        await using ChildProcess server = Start("--UsageReporting:Server:DataDirectory=.", $"{name}={value}");

        ChildResult result = await server.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.StartWith("The server cannot start: ").And.Contain(said));
            Assert.That(result.Error.Split('\n'), Has.Length.EqualTo(2));
            Assert.That(Directory.GetFiles(_folder.Path, "*-wal"), Is.Empty);
        });
    }

    [Test, Property("Case", 93)]
    public async Task Run_DatabaseOfAnotherProgram_SaysSoAndExitsWithOne()
    {
        File.WriteAllText(_folder.Combine("usage.db"), new string('x', 5_000));
        await using ChildProcess server = Start("--UsageReporting:Server:DataDirectory=.");

        ChildResult result = await server.WaitForExitAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(
            result.Error,
            Is.EqualTo($"The server cannot start: {_folder.Combine("usage.db")} cannot be used: SQLite Error 26: 'file is not a database'.\n"));
    }

    [Test, Property("Case", 100)]
    public async Task Run_SecondOnTheSameFile_SaysSoInOneLineUntilTheFirstIsGone()
    {
        await using ChildProcess first = Start("--UsageReporting:Server:DataDirectory=.");
        using HttpClient http = new() { BaseAddress = await AddressAsync(first) };
        await using ChildProcess second = Start("--UsageReporting:Server:DataDirectory=.");

        ChildResult result = await second.WaitForExitAsync();
        using HttpResponseMessage answer = await http.PostAsync("/report", Json(Reports.Paperless()));
        first.Signal("KILL");
        await first.WaitForExitAsync();
        await using ChildProcess third = Start("--UsageReporting:Server:DataDirectory=.");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Output, Is.Empty);
            Assert.That(
                result.Error,
                Is.EqualTo($"The server cannot start: {_folder.Combine("usage.db")} is in use by another server.\n"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        });
        await AddressAsync(third);
    }

    private ChildProcess Start(params string[] settings) => ChildProcess.Start(
        "dotnet",
        [BuiltSample.Dll("ReferenceServer"), "--urls", "http://127.0.0.1:0", .. settings],
        new ChildOptions { WorkingDirectory = _folder.Path });

    private static async Task<Uri> AddressAsync(ChildProcess server)
    {
        const string Start = "Listening on ";
        await server.WaitForOutputAsync("\n");
        string line = server.Output;
        return line.StartsWith(Start, StringComparison.Ordinal)
            ? new Uri(line[Start.Length..line.IndexOf(',', StringComparison.Ordinal)])
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{line} says no address."));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
