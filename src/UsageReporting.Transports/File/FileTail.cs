using System.Text.Json;

namespace UsageReporting.Transports.File;

/// <summary>How a file of lines ends. Pure: bytes give what is to be done.</summary>
/// <param name="LastLine">The last line, where it is whole; otherwise nothing.</param>
/// <param name="TornBytes">How many bytes at the end are the beginning of a line whose writer was killed.</param>
/// <param name="LacksNewline">Whether the last line is whole but for its end.</param>
internal sealed record FileTail(ReadOnlyMemory<byte> LastLine, int TornBytes = 0, bool LacksNewline = false)
{
    /// <summary>Looks at the end of a file, <see cref="FileSinkLimits.LineBytes"/> of it or all.</summary>
    public static FileTail Of(ReadOnlyMemory<byte> end, bool isWholeFile)
    {
        int begin = end.Span.LastIndexOf((byte)'\n') + 1;
        ReadOnlyMemory<byte> rest = end[begin..];
        if (rest.IsEmpty)
        {
            ReadOnlyMemory<byte> lines = begin == 0 ? end : end[..(begin - 1)];
            return new FileTail(lines[(lines.Span.LastIndexOf((byte)'\n') + 1)..]);
        }

        // A person may have edited the file, or pointed at one that is none of ours: nothing of theirs is cut off.
        if (IsDocument(rest.Span))
        {
            return new FileTail(rest, LacksNewline: true);
        }

        bool isLongerThanOurs = begin == 0 && !isWholeFile;
        return isLongerThanOurs
            ? new FileTail(default, LacksNewline: true)
            : new FileTail(default, TornBytes: rest.Length);
    }

    private static bool IsDocument(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader json = new(text);
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
