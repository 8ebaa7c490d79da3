using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>Reads published numbers; what it reads does not grow with the reports.</summary>
internal sealed class StatisticsReader(IRollupStore store, TimeProvider time)
{
    private const int DefaultWeeks = 52;
    private const int DefaultMonths = 24;

    // What is asked for need not be sensible.
    private const int FirstYearWithTwoBefore = 3;

    public async Task<Summary> ReadSummaryAsync(Product product, IReadOnlyDictionary<int, RollingNumbers>? rolling = null)
    {
        (PublishedWindow week, PublishedWindow? weekBefore, DateTimeOffset? weekMade) =
            await ReadLastAsync(product, WindowKind.Week);
        (PublishedWindow month, PublishedWindow? monthBefore, DateTimeOffset? monthMade) =
            await ReadLastAsync(product, WindowKind.Month);
        DateTimeOffset? asOf = weekMade > monthMade || monthMade is null ? weekMade : monthMade;
        return new Summary(product.Name, asOf, week, weekBefore, month, monthBefore, rolling);
    }

    /// <summary>Reads the windows that two days and all between them touch.</summary>
    /// <param name="product">The product.</param>
    /// <param name="name">A field, the versions of a word, or a pair.</param>
    /// <param name="kind">Weeks or months.</param>
    /// <param name="from">The first day; null for the last 52 weeks or 24 months.</param>
    /// <param name="to">The last day; null for today.</param>
    public async Task<Series> ReadSeriesAsync(Product product, string name, WindowKind kind, DateOnly? from, DateOnly? to)
    {
        UsageWindow last = UsageWindow.LastClosed(kind, time.GetUtcNow());
        if (to is { } end && UsageWindow.Of(kind, end) is { } named && named.CompareTo(last) < 0)
        {
            last = named;
        }

        UsageWindow first = from is { } start ? UsageWindow.Of(kind, start) : Before(last);
        IReadOnlyList<KeptRollup> kept = await store.ReadAsync(product, first, last, name);
        return new Series(
            product.Name,
            name,
            Publisher.FindPair(product.Schema, name),
            kind,
            kept.Count == 0 ? null : kept.Max(k => k.Made),
            [.. kept.Select(k => Publish(product, k))]);
    }

    /// <summary>What can be certified of a word in a window; null where its number is not published.</summary>
    /// <param name="product">The product.</param>
    /// <param name="window">The window.</param>
    /// <param name="name">The word's, such as <c>plugins/napari-svg</c>.</param>
    public async Task<Certificate?> FindCertificateAsync(Product product, UsageWindow window, string name)
    {
        string field = FieldRollup.FieldOf(name);
        return (await ReadCertificatesAsync(product, window, field)).FirstOrDefault(certificate => certificate.Word == name[(field.Length + 1)..]);
    }

    /// <summary>What can be certified of all words of a field in a window.</summary>
    public async Task<IReadOnlyList<Certificate>> ReadCertificatesAsync(Product product, UsageWindow window, string field) =>
        await store.ReadAsync(product, window, window, field) is [{ } kept] && Publish(product, kept) is { Installs: { } of } published
            ?
            [
                .. from cell in published.Find(field)?.Values ?? []
                   where cell.Value != FieldRollup.NotReported && cell.Installs > 0
                   select new Certificate(product.Name, field, cell.Value, window, kept.Made, cell.Installs, of),
            ]
            : [];

    private static PublishedWindow Publish(Product product, KeptRollup kept) =>
        Publisher.Publish(product.Schema, kept.Rollup) with { Made = kept.Made };

    private static UsageWindow Before(UsageWindow last)
    {
        DateOnly day = last.FirstDay;
        if (day.Year <= FirstYearWithTwoBefore)
        {
            return UsageWindow.Of(last.Kind, DateOnly.MinValue);
        }

        return UsageWindow.Of(
            last.Kind, last.Kind == WindowKind.Week ? day.AddDays(-7 * (DefaultWeeks - 1)) : day.AddMonths(-(DefaultMonths - 1)));
    }

    // For some seconds after a window has closed its numbers are being made; where ids rotate it is open for a day more.
    private async Task<(PublishedWindow Last, PublishedWindow? Before, DateTimeOffset? Made)> ReadLastAsync(
        Product product, WindowKind kind)
    {
        UsageWindow closed = UsageWindow.LastClosed(kind, time.GetUtcNow());
        IReadOnlyList<KeptRollup> kept = await store.ReadAsync(product, closed.Previous.Previous, closed, name: null);
        if (kept.Count == 0)
        {
            return (new PublishedWindow(closed, null, null, null, []), null, null);
        }

        KeptRollup last = kept[^1];
        KeptRollup? before = kept.FirstOrDefault(k => k.Rollup.Window == last.Rollup.Window.Previous);
        return (
            Publish(product, last),
            before is null ? null : Publish(product, before),
            kept.Max(k => k.Made));
    }
}
