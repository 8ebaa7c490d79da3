using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>How many installations can be told from all others, and which field to coarsen.</summary>
internal static class UniquenessPage
{
    public static Markup Draw(FormToken token, string product, Uniqueness found) => OperatorFrame.Draw($"Alone in {product}", token, Markup.Of(
        $"""
        <p class="lead">{Figures.Number(found.Unique)} of {Figures.Number(found.Installs)} installations are like no other in some two or three fields: who knows these of somebody finds the rest of their report.</p>
        <p class="note">{Budget(found)} Nothing of this is published; it is about what is stored.</p>
        {(found.Unique == 0 ? Markup.Nothing : Tables(found))}
        """), "../../");

    private static string Budget(Uniqueness found) =>
        (found.IsAll
            ? "All installations of which reports are kept were looked at,"
            : $"The {Figures.Number(found.Installs)} installations that reported last were looked at, as more would take long: among all, a smaller share is alone. It was done")
        + $" in {Figures.Number(found.Fields.Count)} fields, at most the {ServerLimits.UniqueFields} with the most values.";

    private static Markup Tables(Uniqueness found) => Markup.Of(
        $"""
        <h2>Which field to coarsen</h2>
        <p class="note">How many would still be alone if nothing was told of a field. Fewer ranges, fewer words or fewer parts of a version do some of that.</p>
        {new ChartTable(
            ["Field", "Still alone without it"],
            [.. found.LeftWithout.Select(IReadOnlyList<string> (field) => [field.Field, Figures.Number(field.Unique)])])
            .Draw("Which field to coarsen", int.MaxValue, name => name)}<h2>Where most are alone</h2>
        {new ChartTable(
            ["Fields", "Installations that are alone", "Of all"],
            [
                .. found.Sets.Select(IReadOnlyList<string> (set) =>
                    [string.Join(", ", set.Fields), Figures.Number(set.Unique), Figures.Percent((double)set.Unique / found.Installs)]),
            ]).Draw("Where most are alone", int.MaxValue, name => name)}
        """);
}
