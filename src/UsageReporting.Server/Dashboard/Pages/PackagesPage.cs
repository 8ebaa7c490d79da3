using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>The packages that were installed, those with the most installs first.</summary>
internal static class PackagesPage
{
    private static readonly Place Here = new(0);

    public static Markup Draw(PackageList packages) => PageFrame.Draw(
        Here,
        DashboardTexts.Text("PackagesTitle"),
        [PageFrame.Top(Here)],
        Markup.Of(
            $"""
            <h1>{DashboardTexts.Text("PackagesTitle")}</h1>
            <p class="lead">{DashboardTexts.Text("PackagesLead")}</p>
            {(packages.Packages.Count == 0 ? Markup.Of($"""<p class="note">{DashboardTexts.Text("PackagesNone")}</p>""") : Table(packages))}
            """),
        DashboardTexts.Text("PackagesFoot"));

    private static Markup Table(PackageList packages)
    {
        ChartTable table = new(
            [
                DashboardTexts.Text("Package"), DashboardTexts.Text("Installs"), DashboardTexts.Text("Last30Days"),
                DashboardTexts.Text("ByCi"), DashboardTexts.Text("LastInstalled"),
            ],
            [.. packages.Packages.Select(IReadOnlyList<string> (package) =>
            [
                package.Name,
                Figures.Number(package.Total),
                Figures.Number(package.Last30Days),
                Figures.Number(package.AutomaticTotal),
                package.LastInstalledAt is { } last ? Figures.Time(last) : "–",
            ])]);
        return Markup.Of(
            $"""<p class="note">{DashboardTexts.Text("PackagesNote", packages.Packages.Count, packages.Total)}</p>{table.Draw(DashboardTexts.Text("PackagesTitle"), int.MaxValue, name => name, isLong: true)}""");
    }
}
