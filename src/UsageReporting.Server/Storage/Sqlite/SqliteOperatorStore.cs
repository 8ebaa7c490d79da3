namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Measures the file, and the log beside it.</summary>
internal sealed class SqliteOperatorStore(string path) : IOperatorStore
{
    public Task<long> MeasureAsync() => Task.FromResult(LengthOf(path) + LengthOf($"{path}-wal"));

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;
}
