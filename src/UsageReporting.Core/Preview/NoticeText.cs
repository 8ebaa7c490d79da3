using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>Lays a notice out for a terminal.</summary>
internal static class NoticeText
{
    public static string Of(UsageNotice notice)
    {
        SchemaHeader header = notice.Schema.Header;
        UsageTexts texts = notice.Texts;
        string fields = string.Join(", ", notice.Fields.Where(field => field.DetailOf is null).Select(texts.Label));
        StringBuilder text = new();
        WrappedText.Append(text, notice.Reason switch
        {
            NoticeReason.NewFields => texts.Get("NoticeNewFields", header.Product, fields),
            NoticeReason.Changed => texts.Get("NoticeAgain", header.Product, notice.Because),
            _ => texts.Get("NoticeIntroduction", header.Product),
        });
        if (notice.Reason != NoticeReason.NewFields)
        {
            string all = header.Identity is { Kind: not IdentityKind.None and var kind }
                ? $"{texts.Label(header.Identity)} ({texts.Kind(kind)}), {fields}"
                : fields;
            WrappedText.Append(text, texts.Get("NoticeFields", all, header.Operator ?? header.Product));
        }

        WrappedText.Append(text, texts.Get(notice.Reason == NoticeReason.First ? "NoticeNothingSent" : "NoticeNothingNewSent"));
        if (texts.Promise(header) is { } promise)
        {
            WrappedText.Append(text, promise);
        }

        if (header.MoreInformation is { } page)
        {
            text.Append(texts.Get("PreviewMoreInformation", page.AbsoluteUri)).Append('\n');
        }

        WrappedText.Append(text, texts.Get("NoticeOff", notice.OffSwitches.Aggregate((all, next) => texts.Get("NoticeOr", all, next))));
        return text.ToString();
    }
}
