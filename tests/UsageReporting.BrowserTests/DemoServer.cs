using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.BrowserTests;

/// <summary>The reference server with a year of reports, for all tests that only look.</summary>
[SetUpFixture]
public sealed partial class DemoServer
{
    private const int Installations = 1_200;

    private static readonly ChildOptions Patient = new() { Bound = TimeSpan.FromMinutes(5) };

    private static TemporaryFolder? _data;
    private static ChildProcess? _server;

    /// <summary>Where it listens.</summary>
    internal static Uri Address { get; private set; } = null!;

    /// <summary>What filling it has told.</summary>
    internal static ChildResult Seeded { get; private set; } = null!;

    /// <summary>Writes the same pages as files.</summary>
    internal static async Task PublishAsync(string folder)
    {
        ChildResult result = await ChildProcess.RunAsync("dotnet", [BuiltSample.Dll("ReferenceServer"), "publish", folder, Setting], Patient);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    /// <summary>Fills it; once it is full that is refused.</summary>
    internal static Task<ChildResult> SeedAsync() => SeedAsync(FormattableString.Invariant($"--installations={Installations}"), Setting);

    /// <summary>Fills another.</summary>
    internal static Task<ChildResult> SeedAsync(params string[] settings) =>
        ChildProcess.RunAsync("dotnet", [BuiltSample.Dll("ReferenceServer"), "seed-demo", .. settings], Patient);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _data = new TemporaryFolder();
        Seeded = await SeedAsync();
        Assert.That(Seeded.ExitCode, Is.Zero, Seeded.Error);
        _server = ChildProcess.Start(
            "dotnet", [BuiltSample.Dll("ReferenceServer"), "--urls=http://127.0.0.1:0", Setting], new ChildOptions { Bound = TimeSpan.FromMinutes(20) });
        await _server.WaitForOutputAsync("storing in");
        Address = new Uri(Listening().Match(_server.Output).Groups[1].Value);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Chromium.CloseAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _data?.Dispose();
    }

    private static string Setting => $"--UsageReporting:Server:DataDirectory={_data!.Path}";

    [GeneratedRegex("Listening on ([^,]+),")]
    private static partial Regex Listening();
}
