using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace UsageReporting.Tests.GoogleAnalytics;

public sealed class GoogleAnalyticsOptionsTests
{
    private const string NoId = "measurementId: it must be G- and letters and digits, such as G-A1B2C3D4E5.";
    private const string NoSecret = "apiSecret: it must be up to 64 letters, digits, hyphens and underscores.";
    private const string NoEndpoint = "endpoint: it must be an https address without a query; http is spoken to this machine only.";

    private static readonly UsageField Flag = UsageField.Flag("flag", "Flag", "Why.");

    private static readonly string[] Words = [.. Enumerable.Range(0, 24).Select(number => $"word{number}")];

    [Test]
    public void Options_Defaults_ArePinned()
    {
        GoogleAnalyticsOptions options = new();

        Assert.That(
            (options.MeasurementId, options.ApiSecret, options.Endpoint.AbsoluteUri),
            Is.EqualTo(("", "", "https://www.google-analytics.com/mp/collect")));
    }

    [TestCase("G-A1B2C3D4E5", "aB3_-x", "https://region1.google-analytics.com/mp/collect")]
    [TestCase("G-1", "a", "http://127.0.0.1:8080/mp/collect")]
    [TestCase("UA-12345-1", "a", "https://www.google-analytics.com/mp/collect", NoId)]
    [TestCase("G-", "a", "https://www.google-analytics.com/mp/collect", NoId)]
    [TestCase("G-A&b=c", "a", "https://www.google-analytics.com/mp/collect", NoId)]
    [TestCase("G-A", "", "https://www.google-analytics.com/mp/collect", NoSecret)]
    [TestCase("G-A", "a&b", "https://www.google-analytics.com/mp/collect", NoSecret)]
    [TestCase("G-A", "a", "http://www.google-analytics.com/mp/collect", NoEndpoint)]
    [TestCase("G-A", "a", "https://www.google-analytics.com/mp/collect?a=b", NoEndpoint)]
    public void Validate_Property_IsOfGoogleAnalytics4(string id, string secret, string endpoint, params string[] mistakes) =>
        Assert.That(
            Mistakes([Flag], options => (options.MeasurementId, options.ApiSecret, options.Endpoint) = (id, secret, new Uri(endpoint))),
            Is.EqualTo(mistakes));

    [Test]
    public void StartAsync_EverythingWrong_NamesAllMistakes()
    {
        UsageField[] fields =
        [
            UsageField.Flag("google_x", "C", "Why."),
            UsageField.Flag("session_id", "D", "Why."),
            UsageField.Flag("x234567890123456789012345678901234567890x", "E", "Why."),
            UsageField.Text("long", "F", "Why.", "a+", maxLength: 101),
            UsageField.Set("set", "G", "Why.", [.. Words, "more"]),
            UsageField.Counts("x2345678901234567890123456789012345", "H", "Why.", ["one"], 0, 1),
            .. Enumerable.Range(0, 21).Select(number => UsageField.Flag($"flag{number}", $"Flag {number}", "Why.")),
        ];

        Assert.That(Mistakes(fields, options => options.Endpoint = new Uri("relative", UriKind.Relative)), Is.EqualTo(new[]
        {
            NoId,
            NoSecret,
            NoEndpoint,
            "google_x: the name is Google's own.",
            "session_id: the name is Google's own.",
            "x234567890123456789012345678901234567890x: the name x234567890123456789012345678901234567890x is longer than the 40 characters that there may be.",
            "long: the text may be longer than the 100 characters that there may be.",
            "x2345678901234567890123456789012345: the name usage_x2345678901234567890123456789012345 is longer than the 40 characters that there may be.",
            "fields: there are 25, which is more than the 24 parameters an event takes.",
            "words: there are 26, which is more than the 24 events a request takes, one for each word of a field that holds several.",
        }));
    }

    [Test]
    public void StartAsync_AsMuchAsThereMayBe_IsRight()
    {
        UsageField[] fields =
        [
            UsageField.Text("long", "Long", "Why.", "a+", maxLength: 100),
            UsageField.Flag("x2345678901234567890123456789012345678901"[..40], "Name", "Why."),
            .. Enumerable.Range(0, 22).Select(number => UsageField.Flag($"flag{number}", $"Flag {number}", "Why.")),
            UsageField.Set("set", "Set", "Why.", [.. Words]),
        ];

        Assert.That(Mistakes(fields, options => (options.MeasurementId, options.ApiSecret) = ("G-A", "a")), Is.Empty);
    }

    // Each of its words would be counted as a report; a parameter of that name is another thing.
    [Test]
    public void StartAsync_FieldOfWordsNamedAsTheReport_IsAMistake()
    {
        Action<GoogleAnalyticsOptions> right = options => (options.MeasurementId, options.ApiSecret) = ("G-A", "a");

        Assert.That(
            Mistakes([UsageField.Set("report", "Report", "Why.", ["a", "b"])], right),
            Is.EqualTo(new[] { "report: the name usage_report is the report's own." }));
        Assert.That(Mistakes([UsageField.Flag("report", "Report", "Why.")], right), Is.Empty);
    }

    [Test]
    public void StartAsync_SchemaThatIsNone_IsSaidOnce() =>
        Assert.That(
            Mistakes([UsageField.Flag("", "", "")], options => (options.MeasurementId, options.ApiSecret) = ("G-A", "a")),
            Is.Unique.And.Not.Empty);

    private static IEnumerable<string> Mistakes(UsageField[] fields, Action<GoogleAnalyticsOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddUsageReporting("app")
            .AddCollector(fields, (_, _, _) => ValueTask.CompletedTask)
            .AddGoogleAnalyticsSink(configure);
        using IHost host = builder.Build();
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e)
        {
            return e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
        }
    }
}
