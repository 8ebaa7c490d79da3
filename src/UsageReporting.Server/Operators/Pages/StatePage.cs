using System.Globalization;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>How it stands with the server, on one screen: what comes, what is refused, what waits, and who may what.</summary>
internal static class StatePage
{
    private const int Minutes = 60;
    private const string Nothing = "–";
    private const string Unknown = "?";

    private static readonly Markup Unread = Markup.Of($"""<p class="warning">It cannot be read just now.</p>""");

    public static Markup Draw(FormToken token, ServerState state) => OperatorFrame.Draw("The server", token, Markup.Of(
        $"""
        <p class="lead">As it was at {Seconds(state.Now)}. Requests are counted since {Figures.Time(state.Since)}.</p>
        <dl class="indicators">
        {Indicator("Can store", state.CanStore ? "yes" : "no")}{Indicator("Writes that wait", Figures.Number(state.Waiting))}{Indicator("Database", state.DatabaseBytes is { } bytes ? Size(bytes) : Unknown)}{Indicator("Reports in the last hour", Figures.Number(state.Products.Sum(Accepted)))}
        </dl>
        <h2>Products</h2>
        {Products(state.Products)}<h2>What became of requests</h2>
        {Requests(state.Products)}<h2>What is odd</h2>
        {Anomalies(state.Products)}<h2>What runs next</h2>
        {Runs(state)}<h2>Keys</h2>
        {Keys(state)}<h2>What operators did</h2>
        {Audits(state.Audits)}
        """));

    private static Markup Indicator(string name, string value) =>
        Markup.Of($"""<div><dt>{name}</dt><dd class="number">{value}</dd></div>""");

    private static Markup Products(IReadOnlyList<ProductState> products) => Table(
        "Products",
        ["Product", "Today", "Yesterday", "Kept", "Next numbers", "Schema", "Fields"],
        products.Select(IReadOnlyList<string> (product) =>
        [
            product.Name,
            Number(product.Numbers?.Today),
            Number(product.Numbers?.Yesterday),
            Number(product.Numbers?.Kept),
            product.Numbers is not { Freshness: var freshness } ? Unknown
                : freshness.Late is { } late ? $"late: {late}"
                : Figures.Time(freshness.NextNumbers),
            product.SchemaTag,
            Figures.Number(product.Fields),
        ]),
        name => name);

    private static Markup Requests(IReadOnlyList<ProductState> products) => Table(
        "What became of requests",
        ["Product", "What became of it", "Last hour", "A minute", "Since then"],
        from product in products
        from request in product.Requests
        select (IReadOnlyList<string>)
        [
            product.Name,
            Words(request.Outcome),
            Figures.Number(request.LastHour),
            ((double)request.LastHour / Minutes).ToString("N1", CultureInfo.InvariantCulture),
            Figures.Number(request.Total),
        ]);

    private static Markup Anomalies(IReadOnlyList<ProductState> products) => products.Any(product => product.Numbers is null) ? Unread : Table(
        "What is odd",
        ["Product", "When", "Number", "Expected"],
        from product in products
        from anomaly in product.Numbers!.Anomalies
        orderby anomaly.LastDay descending
        select (IReadOnlyList<string>)[product.Name, anomaly.When, Figures.Number(anomaly.Number), Figures.Number(anomaly.Expected)]);

    private static Markup Runs(ServerState state) => Table(
        "What runs next",
        ["What", "Last", "Next"],
        [
            [
                "Looking which numbers are due", Or(state.RolledUp),
                state.RolledUp is { } looked ? Seconds(looked + ServerLimits.RollupsEvery) : "on another server, or soon",
            ],
            [
                $"Deleting reports from before {Figures.Day(state.KeptSince)}", Or(state.Deleted),
                state.Deleted is { } deleted ? Seconds(deleted + ServerLimits.RetentionEvery) : "an hour after the start",
            ],
        ]);

    private static Markup Keys(ServerState state) => state.Keys is null ? Unread : Table(
        "Keys",
        ["Key", "Product", "Opens", "From", "Until", "Last used", "Note"],
        state.Keys.Select(IReadOnlyList<string> (known) =>
        [
            known.Key.Id,
            known.Key.Product,
            known.Key.IsGood(state.Now) ? known.Key.Scopes.ToString().ToLowerInvariant() : "nothing",
            Or(known.Key.NotBefore),
            known.Key.Revoked is { } revoked ? $"revoked {Figures.Time(revoked)}" : Or(known.Key.Expires),
            Or(known.Used),
            known.Key.Note,
        ]));

    private static Markup Audits(IReadOnlyList<AuditEntry>? audits) => audits is null ? Unread : Table(
        "What operators did",
        ["When", "Key", "What", "Product", "SHA-256 of the id"],
        audits.Select(IReadOnlyList<string> (audit) =>
            [Seconds(audit.At), audit.Key, audit.Of is { } of ? $"{audit.What}: {of}" : audit.What, audit.Product ?? Nothing, audit.IdSha256 ?? Nothing]));

    // Rows of products lead to their pages.
    private static Markup Table(
        string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<string, string?>? productOf = null)
    {
        ChartTable table = new(columns, [.. rows]) { ChartOf = productOf ?? (_ => null) };
        return table.Rows.Count == 0
            ? Markup.Of($"""<p class="note">Nothing.</p>""")
            : table.Draw(caption, int.MaxValue, product => $"products/{product}");
    }

    private static string Number(long? number) => number is { } known ? Figures.Number(known) : Unknown;

    private static long Accepted(ProductState product) =>
        product.Requests.Where(request => request.Outcome == "accepted").Sum(request => request.LastHour);

    private static string Words(string outcome) => outcome switch
    {
        "accepted" => "accepted",
        "already_reported" => "already reported in its window",
        "unavailable" => "could not be stored",
        "key" => "refused: no good key",
        "method" => "refused: another method",
        "too_slow" => "refused: too slow",
        "media_type" => "refused: another media type",
        "rate_limited" => "refused: too many",
        "invalid" => "refused: no valid report",
        _ => outcome,
    };

    private static string Or(DateTimeOffset? time) => time is { } known ? Figures.Time(known) : Nothing;

    private static string Seconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
    };
}
