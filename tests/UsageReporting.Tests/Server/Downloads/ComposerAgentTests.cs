using NUnit.Framework;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class ComposerAgentTests
{
    [TestCase("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.36; cURL 7.88.1; CI)", true)]
    [TestCase("Composer/2.10.2 (Linux; 6.1.0; PHP 8.2.36; streams; Platform-PHP 8.1; CI; cmd:install)", true)]
    [TestCase("Composer/2.5.5 (Linux; 6.1.0; PHP 8.2.36; cURL 7.88.1)", false)]
    [TestCase("Composer/2.5.5 (Linux; CIRRUS; PHP 8.2.36; cURL 7.88.1; ci)", false)]
    [TestCase("CI", true)]
    [TestCase("curl/8.0", false)]
    [TestCase("((((;;;))))", false)]
    [TestCase("", false)]
    public void IsAutomatic_OfAgent_IsTheMarkOnly(string agent, bool expected) =>
        Assert.That(ComposerAgent.IsAutomatic(agent), Is.EqualTo(expected));
}
