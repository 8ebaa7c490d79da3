namespace UsageReporting.Core.Identity;

/// <summary>Reads an id as it is kept: one line of plain text (RFC 9562, version 4).</summary>
internal static class IdText
{
    /// <summary>The id in lower case, or null where the text is none.</summary>
    // Blanks, a byte order mark and a carriage return come from editors, not from us, and do no harm.
    public static string? Read(string? text) =>
        text?.Trim().Trim('\uFEFF').Trim().ToLowerInvariant() is { } id && IsVersion4(id) ? id : null;

    // Guid also reads "+81d4fae-…" and "0x1d4fae-…".
    private static bool IsVersion4(string text) =>
        Guid.TryParseExact(text, "D", out Guid id)
        && id is { Version: 4, Variant: >= 8 and <= 11 }
        && id.ToString("D") == text;
}
