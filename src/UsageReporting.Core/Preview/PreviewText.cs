using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>Lays a preview out for a terminal.</summary>
internal static class PreviewText
{
    public static string Of(ReportPreview preview, bool isDryRun)
    {
        SchemaHeader header = preview.Schema.Header;
        UsageTexts texts = preview.Texts;
        StringBuilder text = new();
        AddWrapped(
            text,
            texts.Get("PreviewIntroduction", header.Operator ?? header.Product));
        text.Append('\n');

        int width = preview.Rows.Max(row => row.Label.Length);
        foreach (PreviewRow row in preview.Rows)
        {
            text.Append(row.Label.PadRight(width)).Append(" : ").Append(row.Value);
            if (preview.HasId && row == preview.Rows[0] && OfTheId(preview, isDryRun) is { } more)
            {
                text.Append(' ').Append(more);
            }

            text.Append('\n');
        }

        if (!preview.HasId)
        {
            text.Append('\n');
            AddWrapped(text, texts.Get("PreviewNoId", texts.Kind(IdentityKind.None)));
        }

        if (preview.IsRepeat)
        {
            text.Append('\n');
            AddWrapped(text, texts.Get("PreviewRepeat"));
        }

        if (preview.LeftOut.Count > 0)
        {
            text.Append('\n');
            AddWrapped(text, texts.Get("PreviewLeftOut", LeftOutText.Of(preview.LeftOut, texts)));
        }

        if (preview.Paused.Count > 0)
        {
            text.Append('\n');
            AddWrapped(text, texts.Get("PreviewPaused", string.Join(", ", preview.Paused.Select(texts.Label))));
        }

        if (header.Promise is not null || header.MoreInformation is not null)
        {
            text.Append('\n');
        }

        if (texts.Promise(header) is { } promise)
        {
            AddWrapped(text, promise);
        }

        if (header.MoreInformation is { } page)
        {
            text.Append(texts.Get("PreviewMoreInformation", page.AbsoluteUri)).Append('\n');
        }

        return text.ToString();
    }

    // That an id stays is what people expect of one.
    private static string? OfTheId(ReportPreview preview, bool isDryRun)
    {
        bool isNotKept = preview.IsIdNew && isDryRun;
        UsageTexts texts = preview.Texts;
        return preview.Schema.Header.Identity.Kind == IdentityKind.Rotating
            ? texts.Get(isNotKept ? "PreviewIdRotatesNotKept" : "PreviewIdRotates", texts.Kind(IdentityKind.Rotating))
            : isNotKept ? texts.Get("PreviewIdNotKept")
            : null;
    }

    /// <summary>Adds a sentence in lines that a terminal shows, all but the first indented.</summary>
    internal static void AddWrapped(StringBuilder text, string sentence, string indent = "")
    {
        int used = 0;
        foreach (string word in sentence.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > ClientLimits.TextWidth)
            {
                text.Append('\n').Append(indent).Append(word);
                used = indent.Length + word.Length;
                continue;
            }

            text.Append(used > 0 ? " " : "").Append(word);
            used += (used > 0 ? 1 : 0) + word.Length;
        }

        text.Append('\n');
    }
}
