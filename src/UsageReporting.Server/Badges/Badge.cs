using System.Globalization;
using System.Security;

namespace UsageReporting.Server.Badges;

/// <summary>A word and a value side by side, as an image for the page of a project.</summary>
internal static class Badge
{
    // Verdana at 11 pixels, roughly; where another font stands in for it, textLength makes the text fit all the same.
    private const double Narrow = 4;
    private const double Usual = 7;
    private const double Wide = 10.5;
    private const double Margin = 6;

    /// <summary>Draws it as SVG.</summary>
    /// <param name="label">The word.</param>
    /// <param name="value">The value.</param>
    /// <param name="note">What is said to who points at it, or has it read aloud.</param>
    public static string Draw(string label, string value, string? note = null)
    {
        double left = WidthOf(label) + (2 * Margin);
        double right = WidthOf(value) + (2 * Margin);
        string all = SecurityElement.Escape(note is null ? $"{label}: {value}" : $"{label}: {value} ({note})");
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{all}">
            <title>{all}</title>
            <clipPath id="r"><rect width="{left + right}" height="20" rx="3" fill="#fff"/></clipPath>
            <g clip-path="url(#r)"><rect width="{left}" height="20" fill="#555"/><rect x="{left}" width="{right}" height="20" fill="#06c"/></g>
            <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
            {Text(label, left / 2, left)}
            {Text(value, left + (right / 2), right)}
            </g>
            </svg>

            """);
    }

    private static string Text(string text, double middle, double width) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<text x="{middle}" y="14" textLength="{width - (2 * Margin)}">{SecurityElement.Escape(text)}</text>""");

    private static double WidthOf(string text) => text.Sum(character => character switch
    {
        'f' or 'i' or 'j' or 'l' or 'r' or 't' or 'I' or '.' or ',' or ':' or ' ' or '-' => Narrow,
        'm' or 'w' or 'M' or 'W' or '%' => Wide,
        _ => Usual,
    });
}
