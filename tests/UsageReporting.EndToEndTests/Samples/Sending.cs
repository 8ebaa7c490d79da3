using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built AskEachTime sends a report to wherever a test wants it.</summary>
internal static class Sending
{
    public const string Sent = "Report sent. Thank you.\n";
    public const string MayHaveArrived = "Could not confirm delivery: the report may or may not have arrived.\n";
    public const string NotReached = "Could not reach the reporting endpoint. Nothing was sent.\n";
    public const string Refused = "The reporting endpoint did not accept this report. Nothing was stored.\n";

    /// <summary>What the program finds around it.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Environment = new Dictionary<string, string?>
    {
        // Whoever runs the tests may have switched reporting off for themselves, or be behind a proxy.
        ["DO_NOT_TRACK"] = null,
        ["PAPERLESS_NGX_TELEMETRY_OPTOUT"] = null,
        ["PAPERLESS_NGX_USAGE_REPORTING"] = null,
        ["NO_PROXY"] = null,
        ["no_proxy"] = null,

        // 32 MB: whoever keeps a large answer in memory dies of it.
        ["DOTNET_GCHeapHardLimit"] = "2000000",
    };

    /// <summary>
    /// What a person reads after the preview. Whatever the endpoint does, the program ends by itself with exit code 0,
    /// in the ten seconds that an attempt may take and twice as many for a busy machine, and has nothing to complain about.
    /// </summary>
    public static async Task<string> WordsAsync(string endpoint, params IEnumerable<KeyValuePair<string, string?>> environment)
    {
        using TemporaryFolder folder = new();
        ChildOptions options = new()
        {
            Environment = new[] { Environment, environment.ToDictionary() }
                .SelectMany(variables => variables).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Value),
            Bound = TimeSpan.FromSeconds(30),
        };

        ChildResult run = await ChildProcess.RunAsync(
            "dotnet",
            [BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", endpoint, "--data-directory", folder.Combine("state")],
            options);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Output);
        return run.Output[(run.Output.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..];
    }

    public static Task<string> WordsAsync(LoopbackServer server) => WordsAsync(server.Endpoint.AbsoluteUri);
}
