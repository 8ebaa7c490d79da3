using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>Breaks sentences into the lines of a narrow terminal.</summary>
internal static class WrappedText
{
    /// <summary>Adds a sentence, all lines of it but the first indented.</summary>
    public static void Append(StringBuilder text, string sentence, string indent = "")
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
