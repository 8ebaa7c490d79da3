using System.Text;

namespace UsageReporting.CommandLine;

/// <summary>The data dictionary as a Markdown page, for a repository's PRIVACY.md.</summary>
internal static class PrivacyPage
{
    public static string Of(ReportSchema schema)
    {
        SchemaHeader header = schema.Header;
        StringBuilder page = new();
        page.Append("# What ").Append(header.Product).Append(" reports about its usage\n\n");
        page.Append("Reports go to ").Append(header.Operator ?? header.Product).Append('.');
        page.Append(header.Access.Count > 0 ? $" They can be read by {string.Join(", ", header.Access)}.\n" : "\n");
        page.Append(header.Promise is { } promise ? $"\n{promise}\n" : "");
        page.Append("\n| what | name | needed | why | values |\n|---|---|---|---|---|\n");
        foreach (FieldExplanation field in FieldExplanation.Of(schema))
        {
            page.Append("| ").AppendJoin(
                " | ", new[] { field.Label, $"`{field.Name}`", field.Need, field.Purpose, field.Values }.Select(Cell));
            page.Append(" |\n");
        }

        page.Append(header.MoreInformation is { } more ? $"\nMore information: <{more.AbsoluteUri}>\n" : "");
        page.Append(header.Contact is { } contact ? $"\nContact: {contact}\n" : "");
        return page.ToString();
    }

    // A pattern may hold what ends a cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
