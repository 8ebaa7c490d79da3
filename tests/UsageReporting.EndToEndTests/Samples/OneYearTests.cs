using System.Globalization;
using System.Text;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>A year of one person with an application that asks once, on a driven clock: every screen of it.</summary>
[TestFixture]
[Platform("Linux")]
[RequiresTool("script", "bsdutils")]
[RequiresTool("unshare", "util-linux")]
[Category("Long")] // About twenty programs, one after the other.
internal sealed class OneYearTests
{
    private const string Question = "n[e]ver: ";

    private readonly StringBuilder _year = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Year_OfOnePerson_IsAsTheScreensSay()
    {
        await SmallDisk.RequireAsync();
        Directory.CreateDirectory(_folder.Combine("policies"));
        await using LoopbackServer server = new("HTTP/1.1 204 No Content\r\n\r\n");
        Task On(string day, int release, string command, params string[] keys) =>
            OnAsync(server.Endpoint, day, release, command, keys);

        await On("2026-01-05", 1, "status");
        await On("2026-01-05", 1, "send", "n\n");
        Assert.That(_folder.Combine("state"), Does.Not.Exist);
        await On("2026-01-12", 1, "on --for 30d");
        await On("2026-01-12", 1, "send");
        await On("2026-02-10", 1, "status");

        // The thirty days are over.
        await On("2026-02-11", 1, "status");
        await On("2026-02-11", 1, "send", "y\n");

        // A new field, and a further word for an old one: these two wait.
        await On("2026-03-02", 2, "preview --diff");
        await On("2026-03-02", 2, "send");
        await On("2026-03-09", 2, "on");
        await On("2026-03-09", 2, "send");

        // Fewer words, another label: nobody is asked.
        await On("2026-05-04", 3, "preview --diff");
        await On("2026-05-04", 3, "send");

        // Somebody else receives the reports.
        await On("2026-07-06", 4, "status");
        await On("2026-07-06", 4, "send", "y\n");

        // The organisation says off, for all applications of the machine, and takes it back.
        await File.WriteAllTextAsync(_folder.Combine("policies", "off.json"), """{"reporting":"off"}""");
        await On("2026-09-07", 4, "send --yes");
        await On("2026-09-07", 4, "status");
        File.Delete(_folder.Combine("policies", "off.json"));
        await On("2026-10-05", 4, "send");

        // And the person has had enough.
        await On("2026-12-07", 4, "off");
        await On("2026-12-07", 4, "send --yes");
        await On("2026-12-07", 4, "history");
        await On("2026-12-28", 4, "forget");

        Assert.That(Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName), Is.EqualTo(new[] { "lock" }));
        Assert.That(server.Requests, Has.Count.EqualTo(7));
        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        await Verifier.Verify(
            _year.ToString()
                .Replace(server.Endpoint.AbsoluteUri, "ENDPOINT", StringComparison.Ordinal)
                .Replace(_folder.Path, "FOLDER", StringComparison.Ordinal),
            settings);
    }

    // In a mount namespace of its own, where the organisation's folder is one that the test owns.
    private async Task OnAsync(Uri endpoint, string day, int release, string command, string[] keys)
    {
        const string Bind =
            "mkdir -p \"$0/work\" && mount -t tmpfs none \"$0/work\" && cp -a /etc \"$0/work/etc\" && "
            + "mkdir -p \"$0/work/etc/usage-reporting.d\" && mount --bind \"$0/work/etc\" /etc && "
            + "mount --bind \"$0/policies\" /etc/usage-reporting.d && exec \"$@\"";
        ChildResult run = await PseudoTerminal.RunAsync(
            "unshare",
            [
                "-m", "/bin/sh", "-c", Bind, _folder.Path, "dotnet", BuiltSample.TestProgram("UsageReporting.OneYear"),
                "usage", .. command.Split(' '), "--now", $"{day}T09:00:00Z", "--release", $"{release}",
                "--endpoint", endpoint.AbsoluteUri, "--data-directory", _folder.Combine("state"),
            ],
            keys.Select(key => new Typed(Question, key)),
            new ChildOptions
            {
                Environment = new Dictionary<string, string?>
                {
                    ["DO_NOT_TRACK"] = null,
                    ["ONE_YEAR_TELEMETRY_OPTOUT"] = null,
                    ["ONE_YEAR_USAGE_REPORTING"] = null,
                    ["TERM"] = "dumb",
                },
            });

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        _year.Append(CultureInfo.InvariantCulture, $"——— {day}, release {release}: usage {command}\n{run.Output}\n");
    }
}
