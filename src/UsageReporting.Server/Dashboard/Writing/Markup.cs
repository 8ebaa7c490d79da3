namespace UsageReporting.Server.Dashboard.Writing;

/// <summary>
/// HTML or SVG that is safe by the way it is made: only the text between the holes of an interpolated string is markup, and
/// what stands in a hole is encoded unless it is markup itself. There is no way from a string to this.
/// </summary>
internal readonly struct Markup
{
    private readonly string? _text;

    private Markup(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Markup Nothing => default;

    /// <param name="written">An interpolated string. Attributes stand in double quotation marks.</param>
    public static Markup Of(ref MarkupHandler written) => new(written.ToString());

    /// <summary>Several, one behind the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts));

    public override string ToString() => _text ?? "";
}
