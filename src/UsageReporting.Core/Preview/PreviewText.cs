using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>Lays a preview out for a terminal.</summary>
internal static class PreviewText
{
    public static string Of(ReportPreview preview, bool isDryRun)
    {
        SchemaHeader header = preview.Schema.Header;
        StringBuilder text = new();
        AddWrapped(
            text,
            $"The following information will be sent to {header.Operator ?? header.Product} to help improve the project:");
        text.Append('\n');

        int width = preview.Rows.Max(row => row.Label.Length);
        foreach (PreviewRow row in preview.Rows)
        {
            text.Append(row.Label.PadRight(width)).Append(" : ").Append(row.Value);
            if (row == preview.Rows[0] && preview.IsIdNew && isDryRun)
            {
                text.Append(" (new, not kept)");
            }

            text.Append('\n');
        }

        if (preview.IsRepeat)
        {
            text.Append('\n');
            AddWrapped(text, "This report was sent before and no answer came. Sent again, it is counted once.");
        }

        if (preview.LeftOut.Count > 0)
        {
            text.Append('\n');
            AddWrapped(text, "Left out: "
                + string.Join(", ", preview.LeftOut.Select(left => $"{left.Field.Label} ({left.Reason})")));
        }

        if (header.Promise is not null || header.MoreInformation is not null)
        {
            text.Append('\n');
        }

        if (header.Promise is { } promise)
        {
            AddWrapped(text, promise);
        }

        if (header.MoreInformation is { } page)
        {
            text.Append("More information: ").Append(page.AbsoluteUri).Append('\n');
        }

        return text.ToString();
    }

    private static void AddWrapped(StringBuilder text, string sentence)
    {
        int used = 0;
        foreach (string word in sentence.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > ClientLimits.TextWidth)
            {
                text.Append('\n');
                used = 0;
            }

            text.Append(used > 0 ? " " : "").Append(word);
            used += (used > 0 ? 1 : 0) + word.Length;
        }

        text.Append('\n');
    }
}
