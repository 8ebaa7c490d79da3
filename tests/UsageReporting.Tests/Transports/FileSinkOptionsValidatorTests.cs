using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Transports.File;

namespace UsageReporting.Tests.Transports;

public sealed class FileSinkOptionsValidatorTests
{
    private const string NoPath = "path: is not the path of a file.";

    [TestCase("reports.jsonl", null)]
    [TestCase("/var/spool/app/reports.jsonl", null)]
    [TestCase(null, NoPath)]
    [TestCase("", NoPath)]
    [TestCase(" ", NoPath)]
    [TestCase("a\0b", NoPath)]
    [TestCase("reports/", NoPath)]
    public void Validate_Path_IsAFiles(string? path, string? mistake) =>
        Assert.That(Mistakes(new FileSinkOptions { Path = path }), Is.EqualTo(mistake));

    [TestCase(131_072, 1, true)]
    [TestCase(1_073_741_824, 100, true)]
    [TestCase(131_071, 1, false)]
    [TestCase(1_073_741_825, 1, false)]
    [TestCase(131_072, 0, false)]
    [TestCase(131_072, 101, false)]
    public void Validate_Bounds_AreInclusive(long maxFileBytes, int maxFiles, bool isValid) =>
        Assert.That(
            Mistakes(new FileSinkOptions { Path = "a", MaxFileBytes = maxFileBytes, MaxFiles = maxFiles }),
            isValid ? Is.Null : Is.Not.Null);

    [Test]
    public void StartAsync_EverythingWrong_NamesAllMistakes()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddUsageReporting("app")
            .AddFlag<IServiceProvider>("flag", "Flag", "Why.", _ => true)
            .AddFileSink("good.jsonl")
            .AddFileSink(file => (file.MaxFileBytes, file.MaxFiles) = (0, 0));
        using IHost host = builder.Build();

        OptionsValidationException mistakes =
            Assert.ThrowsAsync<OptionsValidationException>(async () => await host.StartAsync())!;

        Assert.That(mistakes.Failures, Is.EqualTo(new[]
        {
            NoPath, "maxFileBytes: must be 131072 to 1073741824.", "maxFiles: must be 1 to 100.",
        }));
    }

    [Test]
    public void Options_Defaults_ArePinned()
    {
        FileSinkOptions options = new();

        Assert.That(
            (options.Path, options.MaxFileBytes, options.MaxFiles), Is.EqualTo(((string?)null, 1_048_576L, 4)));
    }

    private static string? Mistakes(FileSinkOptions options) =>
        new FileSinkOptionsValidator().Validate(null, options).FailureMessage;
}
