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
        WrappedText.Append(
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
            WrappedText.Append(text, texts.Get("PreviewNoId", texts.Kind(IdentityKind.None)));
        }

        if (preview.IsRepeat)
        {
            text.Append('\n');
            WrappedText.Append(text, texts.Get(preview.MayCountTwice ? "PreviewRepeatTwice" : "PreviewRepeat"));
        }

        if (preview.LeftOut.Count > 0)
        {
            text.Append('\n');
            WrappedText.Append(text, texts.Get("PreviewLeftOut", LeftOutText.Of(preview.LeftOut, texts)));
        }

        if (preview.Paused.Count > 0)
        {
            text.Append('\n');
            WrappedText.Append(text, texts.Get("PreviewPaused", string.Join(", ", preview.Paused.Select(texts.Label))));
        }

        foreach (ReportRendering other in preview.Renderings.Where(rendering => rendering.Text != preview.Json))
        {
            text.Append('\n');
            WrappedText.Append(text, texts.Get("PreviewRendered", string.Join(", ", other.Destinations)));
            text.Append(other.Text).Append('\n');
        }

        if (header.Promise is not null || header.MoreInformation is not null)
        {
            text.Append('\n');
        }

        if (texts.Promise(header) is { } promise)
        {
            WrappedText.Append(text, promise);
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
}
