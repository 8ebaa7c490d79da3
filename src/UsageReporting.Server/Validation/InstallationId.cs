namespace UsageReporting.Server.Validation;

/// <summary>
/// The id of an installation with a stable identity: UUID version 4, variant 10 (RFC 9562, 5.4), as 8-4-4-4-12. Either
/// case is read; lower case is kept, so that one installation has one spelling.
/// </summary>
internal static class InstallationId
{
    public const int Length = 36;

    private const int VersionAt = 14;
    private const int VariantAt = 19;

    /// <summary>Turns a valid id into lower case, in place; says false to any other text.</summary>
    public static bool TryNormalize(Span<byte> text)
    {
        if (text.Length != Length || text[VersionAt] != '4')
        {
            return false;
        }

        for (int i = 0; i < Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit((char)text[i]))
            {
                return false;
            }

            text[i] = (byte)char.ToLowerInvariant((char)text[i]);
        }

        return (char)text[VariantAt] is '8' or '9' or 'a' or 'b';
    }
}
