using NUnit.Framework;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>The .NET command, so that nothing of it stays behind: no build node, no compiler.</summary>
internal static class Dotnet
{
    public static async Task<string> RunAsync(
        string folder, string[] arguments, params IEnumerable<KeyValuePair<string, string?>> environment)
    {
        ChildOptions options = new()
        {
            WorkingDirectory = folder,
            Environment = environment.Append(new("MSBUILDDISABLENODEREUSE", "1"))
                .Append(new("DOTNET_CLI_USE_MSBUILD_SERVER", "0"))
                .Append(new("DOTNET_CLI_UI_LANGUAGE", "en"))
                .ToDictionary(),
            Bound = TimeSpan.FromMinutes(10),
        };

        ChildResult run = await ChildProcess.RunAsync("dotnet", arguments, options);

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        return run.Output;
    }
}
