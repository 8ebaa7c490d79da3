namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>How much room a text takes in a drawing: nothing here can measure it, so that it is estimated, rather too wide.</summary>
internal static class ChartText
{
    /// <summary>The height of a line of text.</summary>
    public const double Line = 18;

    private const double Character = 7;
    private const double Capital = 9;

    public static double WidthOf(string text) =>
        text.Sum(character => char.IsUpper(character) || character is 'm' or 'w' or '@' or '%' or '—' ? Capital : Character);

    /// <summary>As much of a text as fits.</summary>
    public static string Fit(string text, double width)
    {
        if (WidthOf(text) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 1 && WidthOf(text[..length]) > width - Character)
        {
            length--;
        }

        return $"{text[..length].TrimEnd()}…";
    }
}
