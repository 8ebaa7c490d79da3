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
        WrappedText.Append(text, texts.Get("LevelsIntroduction", Name(preview.Level)));
        foreach (UsageLevel level in preview.OtherLevels.Append(preview.Level).Order())
        {
            text.Append("  ");
            WrappedText.Append(text, texts.Level(preview.Schema, level, preview.HasId), indent: "    ");
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
