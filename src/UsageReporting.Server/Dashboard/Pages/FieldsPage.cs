using System.Globalization;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>The data dictionary: every field that a report may have, from the schema by which reports are checked.</summary>
internal static class FieldsPage
{
    private static readonly Place Here = new(1);

    /// <param name="schema">The product's schema.</param>
    /// <param name="isPublic">Whether everybody may see its numbers.</param>
    public static Markup Draw(ReportSchema schema, bool isPublic)
    {
        string product = schema.Header.Product;
        return PageFrame.Draw(
            Here,
            DashboardTexts.Text("FieldsTitle", product),
            [PageFrame.Top(Here), (product, Here.Product(product))],
            Markup.Of(
                $"""
                <h1>{DashboardTexts.Text("FieldsTitle", product)}</h1>
                <p class="lead">{DashboardTexts.Text("FieldsLead")}</p>
                <dl class="fields">
                {OfTheId(schema)}{schema.Fields.Select(field => Draw(schema, field, isPublic))}</dl>

                """));
    }

    private static Markup OfTheId(ReportSchema schema)
    {
        ReportIdentity identity = schema.Header.Identity;
        return identity.Kind == IdentityKind.None ? Markup.Nothing : Entry(
            identity.Label,
            identity.Name,
            identity.Purpose,
            DashboardTexts.Text((identity.Kind, identity.Rotates) switch
            {
                (IdentityKind.Stable, _) => "IdStable",
                (_, RotationPeriod.Week) => "IdWeek",
                _ => "IdMonth",
            }),
            [DashboardTexts.Text(schema.AllowsNoId ? "Optional" : "Required"), DashboardTexts.Text("NeverPublic")]);
    }

    private static Markup Draw(ReportSchema schema, UsageField field, bool isPublic) => Entry(
        NowCharts.LabelOf(field),
        field.Name,
        field.Purpose,
        ValuesOf(field),
        [
            DashboardTexts.Text(field.Required ? "Required" : "Optional"),
            DashboardTexts.Text($"Level_{field.Level.ToString().ToLowerInvariant()}"),
            DashboardTexts.Text(!Publisher.MayBeShown(schema, field.Name) ? "NeverPublic" : isPublic ? "Public" : "Readers"),
        ]);

    private static Markup Entry(string label, string name, string purpose, string values, string[] marks) => Markup.Of(
        $"""
        <div><dt>{label} <code>{name}</code></dt><dd>{purpose}</dd><dd class="note">{values}</dd><dd class="marks">{marks.Select(mark => Markup.Of($"<span>{mark}</span> "))}</dd></div>

        """);

    private static string ValuesOf(UsageField field) => field switch
    {
        FlagField => DashboardTexts.Text("ValuesFlag"),
        WordField word => DashboardTexts.Text("ValuesWord", Words(word.Words)),
        BucketField bucket => DashboardTexts.Text("ValuesWord", string.Join(", ", bucket.Ranges.Select(range => range.Replace('-', '–')))),
        CountField count => DashboardTexts.Text("ValuesCount", Figures.Number(count.Minimum), Figures.Number(count.Maximum)),
        VersionField version => DashboardTexts.Text("ValuesVersion", Parts(version.Parts)),
        DateField => DashboardTexts.Text("ValuesDate"),
        TextField text => DashboardTexts.Text("ValuesText", text.MaxLength, text.Pattern),
        SetField set => DashboardTexts.Text("ValuesSet", Words(set.Words)),
        CountsField counts => DashboardTexts.Text(
            "ValuesCounts", Figures.Number(counts.Minimum), Figures.Number(counts.Maximum), Words(counts.Words)),
        VersionsField versions => DashboardTexts.Text("ValuesVersions", Words(versions.Words)),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string Words(Vocabulary words) => words.CatalogueName is { } catalogue
        ? DashboardTexts.Text("ValuesCatalogue", catalogue, words.Words.Count)
        : string.Join(", ", words.Words);

    private static string Parts(int? parts) => parts?.ToString(CultureInfo.InvariantCulture) ?? "2–4";
}
