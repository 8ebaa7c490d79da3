using NUnit.Framework;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

public sealed class HttpSinkOptionsValidatorTests
{
    private const string NotAbsolute = "endpoint: it must be an absolute address.";
    private const string NotHttps = "endpoint: it must be https; http is spoken to this machine only.";
    private const string Version =
        "userAgentVersion: it must be up to 64 letters, digits, dots, hyphens, plus signs and underscores.";

    private const string Key = "apiKey: it must be up to 256 visible ASCII characters.";

    private const string Password = "endpoint: it must not hold a user's name or a password.";

    [TestCase("https://stats.example.org/report", null)]
    [TestCase("HTTPS://stats.example.org:8443/report?product=app", null)]
    [TestCase("http://localhost/report", null)]
    [TestCase("http://127.0.0.1:5000/report", null)]
    [TestCase("http://127.9.9.9/report", null)]
    [TestCase("http://[::1]:5000/report", null)]
    [TestCase(null, NotAbsolute)]
    [TestCase("/report", NotAbsolute)]
    [TestCase("stats.example.org/report", NotAbsolute)]
    [TestCase("", NotAbsolute)]
    [TestCase("http://stats.example.org/report", NotHttps)]
    [TestCase("http://localhost.example.org/report", NotHttps)]
    [TestCase("http://127.0.0.1.example.org/report", NotHttps)]
    [TestCase("http://0.0.0.0/report", NotHttps)]
    [TestCase("http://10.0.0.1/report", NotHttps)]
    [TestCase("ftp://stats.example.org/report", NotHttps)]
    [TestCase("file:///report", NotHttps)]
    [TestCase("ws://localhost/report", NotHttps)]
    [TestCase("https://alice:secret@stats.example.org/report", Password)]
    [TestCase("http://alice@localhost/report", Password)]
    public void Validate_Endpoint_IsHttpsOrOnThisMachine(string? endpoint, string? mistake)
    {
        HttpSinkOptions options = new()
        {
            Endpoint = endpoint is null ? null : new Uri(endpoint, UriKind.RelativeOrAbsolute),
        };

        Assert.That(new HttpSinkOptionsValidator().Validate(null, options).FailureMessage, Is.EqualTo(mistake));
    }

    [TestCase("1.4.0-rc.1+5114f85", null)]
    [TestCase("", Version)]
    [TestCase("1.4.0 (alice)", Version)]
    [TestCase("1.4.0\r\nX-Other: 1", Version)]
    [TestCase("1.4.0é", Version)]
    public void Validate_UserAgentVersion_IsOneWord(string version, string? mistake)
    {
        HttpSinkOptions options = new() { Endpoint = new Uri("https://stats.example.org"), UserAgentVersion = version };

        Assert.That(new HttpSinkOptionsValidator().Validate(null, options).FailureMessage, Is.EqualTo(mistake));
    }

    [TestCase("ur_1f_0123456789abcdef", null)]
    [TestCase("", Key)]
    [TestCase("two words", Key)]
    [TestCase("key\r\nX-Other: 1", Key)]
    [TestCase("clé", Key)]
    public void Validate_ApiKey_FitsAHeader(string key, string? mistake)
    {
        HttpSinkOptions options = new() { Endpoint = new Uri("https://stats.example.org"), ApiKey = key };

        Assert.That(new HttpSinkOptionsValidator().Validate(null, options).FailureMessage, Is.EqualTo(mistake));
    }

    [Test]
    public void Validate_KeyOfMoreThan256Characters_IsAMistake()
    {
        HttpSinkOptions options = new() { Endpoint = new Uri("https://stats.example.org"), ApiKey = new string('k', 257) };

        Assert.That(new HttpSinkOptionsValidator().Validate(null, options).FailureMessage, Is.EqualTo(Key));
    }

    [Test]
    public void Validate_EverythingWrong_NamesAll() =>
        Assert.That(
            new HttpSinkOptionsValidator().Validate(null, new HttpSinkOptions { ApiKey = " ", UserAgentVersion = " " }).Failures,
            Is.EqualTo(new[] { NotAbsolute, Key, Version }));

    [Test]
    public void Options_Defaults_ArePinned()
    {
        HttpSinkOptions options = new();

        Assert.That(
            (options.Endpoint, options.ApiKey, options.UserAgentVersion), Is.EqualTo(((Uri?)null, (string?)null, (string?)null)));
    }
}
