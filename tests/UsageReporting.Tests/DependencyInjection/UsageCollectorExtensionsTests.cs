using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.Machine;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.DependencyInjection;

public sealed class UsageCollectorExtensionsTests
{
    [Test]
    public async Task AddCollector_Type_TakesItsServicesFromTheScope() =>
        Assert.That(
            await PreviewAsync(builder => builder.AddCollector<CountingCollector>()),
            Does.EndWith(""","count":41}"""));

    [Test]
    public async Task AddCollector_Function_TakesItsServicesFromTheScope()
    {
        CountField count = UsageField.Count("count", "Count", "Why.", 0, 100);

        Assert.That(
            await PreviewAsync(builder => builder.AddCollector([count], (services, values, _) =>
            {
                values.Set(count, services.GetRequiredService<Database>().Rows);
                return ValueTask.CompletedTask;
            })),
            Does.EndWith(""","count":41}"""));
    }

    [Test]
    public async Task AddFlag_Functions_AnswerFromAService() =>
        Assert.That(
            await PreviewAsync(builder => builder
                .AddFlag<Database>("now", "Now", "Why.", database => database.Rows > 40)
                .AddFlag<Database>("later", "Later", "Why.", async (database, token) =>
                {
                    await Task.Delay(TimeSpan.Zero, token);
                    return database.Rows > 41;
                })),
            Does.EndWith(""","now":true,"later":false}"""));

    [Test]
    public async Task Add_ReadyMadeCollectors_AreInTheOrderInWhichTheyWereAdded() =>
        Assert.That(
            await PreviewAsync(builder => builder
                .AddInstallTypeCollector("debian")
                .AddEnvironmentCollector(environment =>
                {
                    environment.Version = "1.2.3";
                    environment.Commit = null;
                })),
            Does.EndWith(""","install_type":"debian","version":"1.2.3","channel":"dev"}"""));

    [Test]
    public void Add_Null_IsTheCallersMistake()
    {
        UsageReportingBuilder builder = new ServiceCollection().AddUsageReporting("app");

        Assert.That(() => builder.AddCollector(null!, (_, _, _) => ValueTask.CompletedTask), Throws.ArgumentNullException);
        Assert.That(() => builder.AddCollector([], null!), Throws.ArgumentNullException);
        Assert.That(
            () => builder.AddFlag("a", "A", "Why.", (Func<Database, CancellationToken, Task<bool>>)null!),
            Throws.ArgumentNullException);
        Assert.That(() => ((UsageReportingBuilder)null!).AddPlatformCollector(), Throws.ArgumentNullException);
    }

    private static async Task<string> PreviewAsync(Action<UsageReportingBuilder> add)
    {
        FakeMachine machine = new();
        machine.Files["/usr/lib/app/distro_info"] = "debian";
        ServiceCollection services = new();
        services.AddScoped<Database>();
        services.AddSingleton<IMachine>(machine);
        services.AddSingleton<IReportSink>(new ScriptedSink());
        add(services.AddUsageReporting("app", options => options.DataDirectory = "state"));
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        ScriptedPrompt prompt = new(ConsentAnswer.No);
        await provider.GetRequiredService<UsageReporter>().ReportAsync(prompt);
        return prompt.Seen.Single().Json;
    }

    private sealed class Database
    {
        public int Rows { get; } = 41;
    }

    private sealed class CountingCollector(Database database) : IUsageCollector, IDeclareUsageFields
    {
        private static readonly CountField Count = UsageField.Count("count", "Count", "Why.", 0, 100);

        public static IReadOnlyList<UsageField> Fields => [Count];

        public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
        {
            values.Set(Count, database.Rows);
            return ValueTask.CompletedTask;
        }
    }
}
