using System.Globalization;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>Asks for an id, and shows all that is stored of its installation.</summary>
internal static class InstallationPage
{
    private const string Title = "An installation";

    /// <param name="token">Of its forms.</param>
    /// <param name="products">Those whose reports have an id.</param>
    /// <param name="product">The one that was asked for.</param>
    /// <param name="id">The id that was asked for.</param>
    /// <param name="trouble">Why nothing is shown; null where nothing was asked for.</param>
    public static Markup Draw(FormToken token, IReadOnlyList<string> products, string product, string id, string? trouble) =>
        OperatorFrame.Draw(Title, token, Markup.Of(
            $"""
            <p class="lead">Its reports as they are stored, and their erasure, for somebody who gives you the id. That you look is noted, with a hash of the id.</p>
            {(trouble is null ? Markup.Nothing : Markup.Of($"""<p class="warning" role="alert">{trouble}</p>"""))}
            {token.Form("installation", Markup.Of(
                $"""
                <p class="field"><label for="product">Product</label><select id="product" name="product">{products.Select(name => Option(name, name == product))}</select></p>
                <p class="field"><label for="id">Id</label><input id="id" name="id" value="{id}" required spellcheck="false"></p>
                <p><button type="submit">Look</button></p>
                """))}
            """));

    /// <param name="token">Of its forms.</param>
    /// <param name="schema">The product's.</param>
    /// <param name="id">The id.</param>
    /// <param name="found">What is stored.</param>
    public static Markup Draw(FormToken token, ReportSchema schema, string id, StoredInstallation found)
    {
        string product = schema.Header.Product;
        StoredColumns[] shown = [.. found.Reports.Reverse().Take(ServerLimits.ListedReports)];
        string more = shown.Length < found.Reports.Count
            ? string.Create(CultureInfo.InvariantCulture, $" The newest {shown.Length} are shown.")
            : "";
        return OperatorFrame.Draw(Title, token, Markup.Of(
            $"""
            <p class="lead"><code>{id}</code> of {product}. First seen {found.FirstSeen}, last seen {found.LastSeen}{(found.IsHeld ? ", held back: too many new ones of its network" : "")}.</p>
            <h2>{Figures.Number(found.Reports.Count)} {(found.Reports.Count == 1 ? "report" : "reports")}</h2>
            <p class="note">What was sent before is deleted after two months.{more}</p>
            <div class="cards">
            {shown.Select(report => Report(schema, report))}</div>
            <h2>Erase it</h2>
            <p>Its reports and all that is known of it go, for good; a backup that is restored does not bring them back. You get a receipt for whoever asked.</p>
            {token.Form("erase", Markup.Of(
                $"""
                {FormToken.Hidden("product", product)}{FormToken.Hidden("id", id)}<p><button class="danger" type="submit">Erase this installation</button></p>
                """))}
            """));
    }

    private static Markup Option(string name, bool isChosen) =>
        Markup.Of($"""<option{(isChosen ? Markup.Of($" selected") : Markup.Nothing)}>{name}</option>""");

    private static Markup Report(ReportSchema schema, StoredColumns report)
    {
        Dictionary<string, UsageField> columns = schema.Fields.ToDictionary(
            field => field.Name.Replace('.', '_'), StringComparer.OrdinalIgnoreCase);
        return Markup.Of(
            $"""
            <section class="card"><h3>{report.Received}</h3>
            <dl class="values">{report.Columns.Select(column => Value(columns.GetValueOrDefault(column.Key), column.Key, Text(column.Value)))}{report.Entries.GroupBy(entry => entry.Field).Select(entries => Value(schema.Find(entries.Key), entries.Key, Text(entries)))}</dl></section>

            """);
    }

    private static Markup Value(UsageField? field, string column, string value) => Markup.Of(
        $"""<div><dt>{(field is null ? column : NowCharts.LabelOf(field))}</dt><dd>{value}</dd></div>""");

    private static string Text(IEnumerable<(string Field, string Key, object? Value)> entries) =>
        string.Join(", ", entries.Select(entry => entry.Value is { } value ? $"{entry.Key}: {Text(value)}" : entry.Key));

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
