using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;

namespace UsageReporting.TestSupport;

/// <summary>What a test needs of the machine and does not find, where that is known only when it runs.</summary>
public static class Missing
{
    /// <summary>Skips the test; with <c>REQUIRE_EVERYTHING=1</c> it fails, so that a build server cannot skip it unnoticed.</summary>
    /// <param name="reason">What it needs.</param>
    [DoesNotReturn]
    public static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable("REQUIRE_EVERYTHING") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
