using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>What each level adds, for the person who chooses one.</summary>
internal static class LevelText
{
    /// <summary>The levels, a paragraph each; empty where there is nothing to choose.</summary>
    public static string Of(ReportPreview preview)
    {
        if (preview.OtherLevels.Count == 0)
        {
            return "";
        }

        UsageTexts texts = preview.Texts;
        StringBuilder text = new();
        PreviewText.AddWrapped(text, texts.Get("LevelsIntroduction", Name(preview.Level)));
        string[] first = preview.HasId ? [texts.Label(preview.Schema.Header.Identity)] : [];
        bool isFirst = true;
        foreach (UsageLevel level in preview.OtherLevels.Append(preview.Level).Order())
        {
            IEnumerable<string> labels = preview.Schema.Fields.Where(field => field.Level == level).Select(texts.Label);
            string added = string.Join(", ", isFirst ? first.Concat(labels) : labels);
            text.Append("  ");
            PreviewText.AddWrapped(
                text,
                isFirst ? texts.Get("LevelFirst", Name(level), added) : texts.Get("LevelFurther", Name(level), added),
                indent: "    ");
            isFirst = false;
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The question, with the levels that can be looked at instead.</summary>
    public static string Question(ReportPreview preview)
    {
        UsageTexts texts = preview.Texts;
        return preview.Question == ConsentQuestion.ThisReport ? texts.Get("Question")
            : preview.OtherLevels.Count == 0 ? texts.Get("QuestionLater")
            : texts.Get(
                "QuestionLevel",
                string.Join(", ", preview.OtherLevels.Select(level => level switch
                {
                    UsageLevel.Basic => texts.Get("QuestionLevelBasic"),
                    UsageLevel.Middle => texts.Get("QuestionLevelMiddle"),
                    _ => texts.Get("QuestionLevelFull"),
                })));
    }

    private static string Name(UsageLevel level) => level.ToString().ToLowerInvariant();
}
