using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace UsageReporting.Server.Dashboard.Writing;

/// <summary>Writes the interpolated strings of <see cref="Markup"/>. The compiler calls it.</summary>
/// <param name="literalLength">How long the text between the holes is.</param>
/// <param name="formattedCount">How many holes there are.</param>
[InterpolatedStringHandler]
internal readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    private const int LengthOfHole = 24;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literalLength + (LengthOfHole * formattedCount));

    /// <summary>Text of the source: markup.</summary>
    public void AppendLiteral(string literal) => _text.Append(literal);

    /// <summary>A value: text, whatever is in it.</summary>
    public void AppendFormatted(string? text)
    {
        if (text is not null)
        {
            _text.Append(Encoder.Encode(text));
        }
    }

    public void AppendFormatted(Markup markup) => _text.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Markup> parts)
    {
        foreach (Markup part in parts)
        {
            _text.Append(part.ToString());
        }
    }

    /// <summary>A whole number, as programs read it.</summary>
    public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>A place in a drawing: a hundredth of a pixel is enough.</summary>
    public void AppendFormatted(double place) => _text.Append(CultureInfo.InvariantCulture, $"{place:0.##}");

    public override string ToString() => _text.ToString();
}
