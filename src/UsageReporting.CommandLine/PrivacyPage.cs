using System.Text;

namespace UsageReporting.CommandLine;

/// <summary>The data dictionary as a Markdown page, for a repository's PRIVACY.md.</summary>
internal static class PrivacyPage
{
    public static string Of(ReportSchema schema, UsageTexts texts)
    {
        SchemaHeader header = schema.Header;
        StringBuilder page = new();
        page.Append("# ").Append(texts.Get("PageTitle", header.Product)).Append("\n\n");
        page.Append(texts.Get("PageOperator", header.Operator ?? header.Product));
        page.Append(header.Access.Count > 0 ? $" {texts.Get("PageAccess", string.Join(", ", header.Access))}\n" : "\n");
        page.Append(texts.Promise(header) is { } promise ? $"\n{promise}\n" : "");
        page.Append('\n');
        AppendRow(page, ["PageWhat", "PageName", "PageNeeded", "PageWhy", "PageValues"], name => texts.Get(name));
        page.Append("|---|---|---|---|---|\n");
        foreach (FieldExplanation field in FieldExplanation.Of(schema, texts))
        {
            AppendRow(page, [field.Label, $"`{field.Name}`", field.Need, field.Purpose, field.Values], Cell);
        }

        page.Append(header.MoreInformation is { } more ? $"\n{texts.Get("PageMoreInformation", more.AbsoluteUri)}\n" : "");
        page.Append(header.Contact is { } contact ? $"\n{texts.Get("PageContact", contact)}\n" : "");
        return page.ToString();
    }

    private static void AppendRow(StringBuilder page, string[] cells, Func<string, string> text) =>
        page.Append("| ").AppendJoin(" | ", cells.Select(text)).Append(" |\n");

    // A pattern may hold what ends a cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
