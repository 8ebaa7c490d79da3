using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
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
    public void Add_Null_IsTheCallersMistake()
    {
        UsageReportingBuilder builder = new ServiceCollection().AddUsageReporting("app");

        Assert.That(() => builder.AddCollector(null!, (_, _, _) => ValueTask.CompletedTask), Throws.ArgumentNullException);
        Assert.That(() => builder.AddCollector([], null!), Throws.ArgumentNullException);
        Assert.That(() => ((UsageReportingBuilder)null!).AddCollector<CountingCollector>(), Throws.ArgumentNullException);
    }

    private static Task<string> PreviewAsync(Action<UsageReportingBuilder> add) => ReportOf.CollectorsAsync(builder =>
    {
        builder.Services.AddScoped<Database>();
        add(builder);
    });

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
