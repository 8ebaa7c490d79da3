using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.DependencyInjection;

public sealed class UsageSingleFieldExtensionsTests
{
    [Test]
    public async Task AddFlag_Functions_AnswerFromAService() =>
        Assert.That(
            await ReportOf.CollectorsAsync(builder => WithDatabase(builder)
                .AddFlag<Database>("now", "Now", "Why.", database => database.Rows > 40)
                .AddFlag<Database>("later", "Later", "Why.", async (database, token) =>
                {
                    await Task.Delay(TimeSpan.Zero, token);
                    return database.Rows > 41;
                })),
            Does.EndWith(""","now":true,"later":false}"""));

    [TestCase("true", ExpectedResult = ""","before":true,"mail":true}""")]
    [TestCase("False", ExpectedResult = ""","before":true,"mail":false}""")]
    [TestCase(null, ExpectedResult = ""","before":true}""")]
    [TestCase("yes", ExpectedResult = ""","before":true}""")]
    [TestCase("", ExpectedResult = ""","before":true}""")]
    public async Task<string> AddFlag_ConfigurationKey_AnswersFromTheConfiguration(string? value)
    {
        string report = await ReportOf.CollectorsAsync(builder => WithConfiguration(WithDatabase(builder), "Mail:Enabled", value)
            .AddFlag<Database>("before", "Before", "Why.", _ => true)
            .AddFlag("mail", "Mail", "Why.", "Mail:Enabled"));
        return report[report.IndexOf(",\"before\"", StringComparison.Ordinal)..];
    }

    [Test]
    public void AddFlag_ConfigurationKeysWithoutConfiguration_AreAllNamedAtStart()
    {
        ServiceCollection services = new();
        services.AddUsageReporting("app")
            .AddFlag("mail", "Mail", "Why.", "Mail:Enabled")
            .AddFlag("ai", "AI", "Why.", "Ai:Enabled")
            .Services.AddSingleton<IReportSink>(new ScriptedSink());
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException? thrown = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.That(thrown!.Failures, Is.EqualTo(new[]
        {
            "mail: there is no IConfiguration to read \"Mail:Enabled\" from.",
            "ai: there is no IConfiguration to read \"Ai:Enabled\" from.",
        }));
    }

    [Test]
    public async Task AddBucket_Functions_GiveTheRangeOnly() =>
        Assert.That(
            await ReportOf.CollectorsAsync(builder => WithDatabase(builder)
                .AddBucket("rows", "Rows", "Why.", Buckets.Documents, (Database database) => database.Rows)
                .AddBucket("tens", "Tens", "Why.", Buckets.Decades(100), (Database database) => database.Rows)
                .AddBucket("own", "Own", "Why.", [0, 40], async (Database database, CancellationToken token) =>
                {
                    await Task.Delay(TimeSpan.Zero, token);
                    return (long)database.Rows;
                })),
            Does.EndWith(""","rows":"0-99","tens":"10-99","own":"40+"}"""));

    [Test]
    public void Add_Null_IsTheCallersMistake()
    {
        UsageReportingBuilder builder = new ServiceCollection().AddUsageReporting("app");

        Assert.That(
            () => builder.AddFlag("a", "A", "Why.", (Func<Database, CancellationToken, Task<bool>>)null!),
            Throws.ArgumentNullException);
        Assert.That(() => builder.AddFlag("a", "A", "Why.", (string)null!), Throws.ArgumentNullException);
        Assert.That(() => builder.AddFlag("a", "A", "Why.", ""), Throws.ArgumentException);
        Assert.That(() => ((UsageReportingBuilder)null!).AddFlag("a", "A", "Why.", "Key"), Throws.ArgumentNullException);
        Assert.That(
            () => builder.AddBucket("a", "A", "Why.", null!, (Database database) => database.Rows),
            Throws.ArgumentNullException);
        Assert.That(
            () => builder.AddBucket("a", "A", "Why.", [0], (Func<Database, CancellationToken, Task<long>>)null!),
            Throws.ArgumentNullException);
    }

    private static UsageReportingBuilder WithDatabase(UsageReportingBuilder builder)
    {
        builder.Services.AddScoped<Database>();
        return builder;
    }

    private static UsageReportingBuilder WithConfiguration(UsageReportingBuilder builder, string key, string? value)
    {
        builder.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(value is null ? [] : [KeyValuePair.Create<string, string?>(key, value)]).Build());
        return builder;
    }

    private sealed class Database
    {
        public int Rows { get; } = 41;
    }
}
