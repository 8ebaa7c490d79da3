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

        // What else may stand there is a person's, who edited the file or pointed at another: nothing of that is cut off.
        // Some file systems leave zeros where power was lost.
        bool isBeginningOfOurs = (begin > 0 || isWholeFile) && (rest.Span[0] is (byte)'{' or 0);
        return IsDocument(rest.Span) ? new FileTail(rest, LacksNewline: true)
            : isBeginningOfOurs ? new FileTail(default, TornBytes: rest.Length)
            : new FileTail(default, LacksNewline: true);
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
