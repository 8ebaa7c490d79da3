using System.Text;

namespace UsageReporting.Core.Preview;

/// <summary>What a report does not hold, as a person reads it. Entries are the application's own and may be anything.</summary>
internal static class LeftOutText
{
    public static string Of(IEnumerable<LeftOutField> leftOut, UsageTexts texts) => string.Join(
        ", ",
        leftOut.GroupBy(left => left.Field).Select(
            same => $"{texts.Label(same.Key)} ({string.Join("; ", same.Select(left => Reason(left, texts)))})"));

    private static string Reason(LeftOutField left, UsageTexts texts)
    {
        string reason = texts.Get("LeftOut" + left.Reason);
        return left.Entries.Count == 0 ? reason : texts.Get("LeftOutEntries", reason, Entries(left, texts));
    }

    private static string Entries(LeftOutField left, UsageTexts texts)
    {
        string shown = string.Join(", ", left.Entries.Take(ClientLimits.ShownEntries).Select(Shown));
        return left.Entries.Count > ClientLimits.ShownEntries
            ? texts.Get("LeftOutMore", shown, left.Entries.Count - ClientLimits.ShownEntries)
            : shown;
    }

    // No escape sequence of a plugin's name reaches the terminal.
    private static string Shown(string entry)
    {
        StringBuilder text = new();
        foreach (char c in entry.Take(ClientLimits.ShownEntryLength))
        {
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return text.ToString();
    }
}
