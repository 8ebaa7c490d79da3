using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Notes where the reports of a transaction lie.</summary>
internal sealed class SpanStatements(SqliteConnection connection, ProductCatalog catalog) : IDisposable
{
    private readonly GatheredSpans _spans = new(catalog);
    private readonly SqliteStatement _write = new(connection, """
        INSERT INTO report_spans (product, span, first_id, last_id, came) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (product, span) DO UPDATE SET
            first_id = min(first_id, excluded.first_id),
            last_id = max(last_id, excluded.last_id),
            came = came + excluded.came
        """);

    public void Add(IncomingReport report, long id) => _spans.Add(report, id);

    /// <summary>Writes what was gathered.</summary>
    public void Write()
    {
        foreach ((Product product, string span, long first, long last, long count) in _spans.All)
        {
            _write.Bind(1, product.NameUtf8);
            _write.Bind(2, span);
            _write.Bind(3, first);
            _write.Bind(4, last);
            _write.Bind(5, count);
            _write.Run();
        }
    }

    public void Clear() => _spans.Clear();

    public void Dispose() => _write.Dispose();
}
