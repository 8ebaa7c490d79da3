using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.TestSupport;

// Each test sets the environment of the whole process.
[NonParallelizable]
public sealed class RequiresToolAttributeTests
{
    private string? _before;

    [SetUp]
    public void Remember() => _before = Environment.GetEnvironmentVariable("REQUIRE_EVERYTHING");

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable("REQUIRE_EVERYTHING", _before);

    [Test]
    public void ApplyToTest_ToolIsThere_RunsTheTest() =>
        Assert.That(Apply(new RequiresToolAttribute("dotnet")).RunState, Is.EqualTo(RunState.Runnable));

    [Test]
    public void ApplyToTest_ToolIsMissing_SkipsAndNamesThePackage()
    {
        Environment.SetEnvironmentVariable("REQUIRE_EVERYTHING", null);

        Test test = Apply(new RequiresToolAttribute("no-such-command", "no-such-package"));

        Assert.That(test.RunState, Is.EqualTo(RunState.Skipped));
        Assert.That(
            test.Properties.Get(PropertyNames.SkipReason),
            Is.EqualTo("needs the command no-such-command, which Debian's package no-such-package gives"));
    }

    [Test]
    public void ApplyToTest_ToolIsMissingAndEverythingIsRequired_Fails()
    {
        Environment.SetEnvironmentVariable("REQUIRE_EVERYTHING", "1");

        Assert.That(Apply(new RequiresToolAttribute("no-such-command")).RunState, Is.EqualTo(RunState.NotRunnable));
    }

    private static TestMethod Apply(RequiresToolAttribute attribute)
    {
        TestMethod test = new(new MethodWrapper(typeof(RequiresToolAttributeTests), nameof(Remember)));
        attribute.ApplyToTest(test);
        return test;
    }
}
