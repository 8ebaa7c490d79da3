using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.PostgreSql;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

public sealed class PostgreSqlMigrationsTests
{
    // A database knows how many it has taken: one that comes into a gap later would never be.
    [Test]
    public void Steps_Numbers_HaveNoGap() => Assert.That(
        typeof(PostgreSqlMigrations).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(),
        Is.EqualTo(Enumerable.Range(1, PostgreSqlMigrations.Steps.Count).Select(step => $"{step.ToString("0000", CultureInfo.InvariantCulture)}.sql")));
}
