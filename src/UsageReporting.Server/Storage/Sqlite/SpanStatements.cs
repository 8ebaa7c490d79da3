using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Notes where the reports of a day, or those that name a window, lie. It gathers them for a transaction, so that one row
/// is written for all reports in it.
/// </summary>
internal sealed class SpanStatements : IDisposable
{
    private const string Sql = """
        INSERT INTO report_spans (product, span, first_id, last_id, came) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (product, span) DO UPDATE SET
            first_id = min(first_id, excluded.first_id),
            last_id = max(last_id, excluded.last_id),
            came = came + excluded.came
        """;

    private readonly SqliteStatement _write;
    private readonly Dictionary<Product, (int Slot, WindowKind Kind)> _periods = [];

    private readonly Dictionary<(Product, DateOnly), (long First, long Last, long Count)> _days = [];
    private readonly Dictionary<(Product, UsageWindow), (long First, long Last, long Count)> _windows = [];

    public SpanStatements(SqliteConnection connection, ProductCatalog catalog)
    {
        _write = new SqliteStatement(connection, Sql);
        foreach (Product product in catalog.Products)
        {
            WindowKind kind = product.Schema.Header.Identity.Rotates == RotationPeriod.Week ? WindowKind.Week : WindowKind.Month;
            if (CountingRule.Of(product.Schema, kind) is { IsByPeriod: true } rule)
            {
                _periods.Add(product, (Report.FirstFieldSlot + rule.Field, kind));
            }
        }
    }

    public void Add(IncomingReport report, long id)
    {
        Extend(_days, (report.Product, DateOnly.FromDateTime(report.Received.UtcDateTime)), id);
        if (WindowOf(report) is { } window)
        {
            Extend(_windows, (report.Product, window), id);
        }
    }

    /// <summary>Writes what was gathered.</summary>
    public void Write()
    {
        foreach (((Product product, DateOnly day), (long First, long Last, long Count) ids) in _days)
        {
            Write(product, RollupSchedule.NameOf(day), ids);
        }

        foreach (((Product product, UsageWindow window), (long First, long Last, long Count) ids) in _windows)
        {
            Write(product, window.ToString(), ids);
        }
    }

    public void Clear()
    {
        _days.Clear();
        _windows.Clear();
    }

    public void Dispose() => _write.Dispose();

    private UsageWindow? WindowOf(IncomingReport report)
    {
        if (!_periods.TryGetValue(report.Product, out (int Slot, WindowKind Kind) period) || !report.Report[period.Slot].IsPresent)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(report.Report.Text(report.Report[period.Slot]));
        return CountingRule.NamedBy(name, period.Kind, report.Received);
    }

    private static void Extend<TKey>(Dictionary<TKey, (long First, long Last, long Count)> spans, TKey key, long id)
        where TKey : notnull
    {
        ref (long First, long Last, long Count) span = ref CollectionsMarshal.GetValueRefOrAddDefault(spans, key, out bool exists);
        span = exists ? (Math.Min(span.First, id), Math.Max(span.Last, id), span.Count + 1) : (id, id, 1);
    }

    private void Write(Product product, string span, (long First, long Last, long Count) ids)
    {
        _write.Bind(1, product.NameUtf8);
        _write.Bind(2, span);
        _write.Bind(3, ids.First);
        _write.Bind(4, ids.Last);
        _write.Bind(5, ids.Count);
        _write.Run();
    }
}
