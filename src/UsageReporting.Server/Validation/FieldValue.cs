namespace UsageReporting.Server.Validation;

/// <summary>
/// The value of one field: a whole number (a flag is 0 or 1), or a stretch of the report's text. The default is a
/// field that was left out.
/// </summary>
internal readonly struct FieldValue
{
    private FieldValue(bool isText, long number, int start, int length)
    {
        IsPresent = true;
        IsText = isText;
        Number = number;
        Start = start;
        Length = length;
    }

    public bool IsPresent { get; }

    public bool IsText { get; }

    public long Number { get; }

    public int Start { get; }

    public int Length { get; }

    public static FieldValue OfNumber(long number) => new(isText: false, number, 0, 0);

    public static FieldValue OfText(int start, int length) => new(isText: true, 0, start, length);
}
