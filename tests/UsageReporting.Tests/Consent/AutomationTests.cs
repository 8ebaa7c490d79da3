using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

public sealed class AutomationTests
{
    [TestCase("CI=true", ExpectedResult = "CI")]
    [TestCase("CI=1", ExpectedResult = "CI")]
    [TestCase("CI=false", ExpectedResult = null)]
    [TestCase("CI=", ExpectedResult = null)]
    [TestCase("GITHUB_ACTIONS=True", ExpectedResult = "GITHUB_ACTIONS")]
    [TestCase("TF_BUILD=True", ExpectedResult = "TF_BUILD")]
    [TestCase("TEAMCITY_VERSION=2025.1", ExpectedResult = "TEAMCITY_VERSION")]
    [TestCase("CLAUDECODE=1", ExpectedResult = "CLAUDECODE")]
    [TestCase("BUILD_ID=7", ExpectedResult = null)]
    [TestCase("BUILD_ID=7 BUILD_URL=u", ExpectedResult = "BUILD_ID")]
    [TestCase("CODEBUILD_BUILD_ID=7 AWS_REGION=eu", ExpectedResult = "CODEBUILD_BUILD_ID")]
    [TestCase("AWS_REGION=eu", ExpectedResult = null)]
    public string? Objection_Variables_AreToldByTheTable(string variables)
    {
        FakeMachine machine = new();
        foreach (string[] pair in variables.Split(' ').Select(variable => variable.Split('=')))
        {
            machine.Variables[pair[0]] = pair[1];
        }

        string? because = new Automation(machine, new UsageTexts()).Objection()?.Because;
        Assert.That(because, Is.Null.Or.EndsWith(" is set, and nobody can be asked"));
        return because?.Split(' ')[0];
    }
}
