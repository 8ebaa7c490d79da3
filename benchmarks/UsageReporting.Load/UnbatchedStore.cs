using Microsoft.Extensions.Logging.Abstractions;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;

namespace UsageReporting.Load;

/// <summary>The real store's connection, tables and statements, with a transaction and a flush for each report.</summary>
internal sealed class UnbatchedStore(string path, ProductCatalog catalog) : IReportStore, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SqliteSession _session = SqliteSession.Open(path, catalog, isDoubtful: false, NullLogger.Instance);

    public async Task<StoreOutcome> StoreAsync(IncomingReport report)
    {
        await _turn.WaitAsync();
        try
        {
            _session.Begin();
            StoreOutcome outcome = _session.Write(report);
            _session.Commit();
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<bool> CanStoreAsync() => Task.FromResult(true);

    public void Dispose()
    {
        _session.Dispose();
        _turn.Dispose();
    }
}
