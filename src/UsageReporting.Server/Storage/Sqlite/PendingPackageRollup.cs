namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A step of the rollup of packages that waits for its turn.</summary>
internal sealed class PendingPackageRollup(DateTimeOffset now) : AnsweredWrite<SqliteSession, PackageRollupStep?>(refused: null)
{
    protected override PackageRollupStep? WriteTo(SqliteSession session) => session.PackageRollup.Step(now);
}
