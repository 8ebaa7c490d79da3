using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace UsageReporting.TestSupport;

/// <summary>
/// The test needs a program. Where it is missing the test is skipped and says so; with
/// <c>REQUIRE_EVERYTHING=1</c> it fails, so that a build server cannot skip it unnoticed.
/// </summary>
/// <param name="tool">The command.</param>
/// <param name="package">The Debian package that gives it, where it has another name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresToolAttribute(string tool, string? package = null) : NUnitAttribute, IApplyToTest
{
    /// <summary>The command.</summary>
    public string Tool { get; } = tool;

    /// <summary>The Debian package that gives it.</summary>
    public string Package { get; } = package ?? tool;

    /// <inheritdoc/>
    public void ApplyToTest(Test test)
    {
        if (test.RunState is RunState.NotRunnable || IsOnPath(Tool))
        {
            return;
        }

        string reason = $"needs the command {Tool}, which Debian's package {Package} gives";
        if (Environment.GetEnvironmentVariable("REQUIRE_EVERYTHING") == "1")
        {
            test.MakeInvalid(reason);
            return;
        }

        test.RunState = RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, reason);
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));
}
