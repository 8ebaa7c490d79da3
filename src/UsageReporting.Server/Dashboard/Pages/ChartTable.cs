using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>The numbers of a chart: its twin for who cannot see it, or wants to know exactly.</summary>
/// <param name="Columns">What stands in each column; the first one heads the rows.</param>
/// <param name="Rows">A cell for each column.</param>
internal sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The name of the chart to which a row leads, by what stands in its first cell.</summary>
    public Func<string, string?> ChartOf { get; init; } = _ => null;

    /// <summary>The name of which a row can be certified, by what stands in its first cell; null for none of the rows.</summary>
    public Func<string, string?>? CertificateOf { get; init; }

    /// <param name="caption">What it is of.</param>
    /// <param name="most">How many rows are shown.</param>
    /// <param name="linkTo">The address of a chart.</param>
    /// <param name="certify">The address of a certificate; null where rows do not lead to theirs.</param>
    /// <param name="isLong">Whether it can be searched and sorted, where scripts run.</param>
    public Markup Draw(string caption, int most, Func<string, string> linkTo, Func<string, string>? certify = null, bool isLong = false) => Markup.Of(
        $"""
        <div class="scroll" role="group" aria-label="{caption}" tabindex="0">
        <table class="numbers"{(isLong ? Markup.Of($" data-search=\"{DashboardTexts.Text("Search", caption)}\"") : Markup.Nothing)}><caption>{caption}</caption>
        <thead><tr>{Columns.Select(column => Markup.Of($"""<th scope="col">{column}</th>"""))}{(HasCertificates(certify) ? Markup.Of($"""<th scope="col">{DashboardTexts.Text("Certificate")}</th>""") : Markup.Nothing)}</tr></thead>
        <tbody>
        {Rows.Take(most).Select(row => Row(row, linkTo, certify))}</tbody></table></div>

        """);

    private bool HasCertificates(Func<string, string>? certify) => certify is not null && CertificateOf is not null;

    private Markup Row(IReadOnlyList<string> cells, Func<string, string> linkTo, Func<string, string>? certify)
    {
        Markup head = ChartOf(cells[0]) is { } chart ? Markup.Of($"""<a href="{linkTo(chart)}">{cells[0]}</a>""") : Markup.Of($"{cells[0]}");
        return Markup.Of($"""
            <tr><th scope="row">{head}</th>{cells.Skip(1).Select(cell => Markup.Of($"<td>{cell}</td>"))}{(HasCertificates(certify) ? Certificate(cells[0], certify!) : Markup.Nothing)}</tr>

            """);
    }

    private Markup Certificate(string row, Func<string, string> certify) => CertificateOf!(row) is { } name
        ? Markup.Of($"""<td><a href="{certify(name)}" aria-label="{DashboardTexts.Text("CertificateLink", row)}">{DashboardTexts.Text("Certificate")}</a></td>""")
        : Markup.Of($"<td></td>");
}
