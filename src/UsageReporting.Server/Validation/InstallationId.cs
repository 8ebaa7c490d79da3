namespace UsageReporting.Server.Validation;

/// <summary>
/// The id of an installation: a UUID of version 4 where it is stable and random, of version 8 where it rotates (RFC 9562,
/// 5.4 and 5.8), variant 10, as 8-4-4-4-12. Either case is read; lower case is kept, so that one installation has one
/// spelling.
/// </summary>
internal static class InstallationId
{
    public const int Length = 36;

    private const int VersionAt = 14;
    private const int VariantAt = 19;

    /// <summary>The version of a product's ids.</summary>
    public static char VersionOf(ReportIdentity identity) => identity.Kind == IdentityKind.Rotating ? '8' : '4';

    /// <summary>Turns a valid id into lower case, in place; says false to any other text.</summary>
    public static bool TryNormalize(Span<byte> text, char version)
    {
        if (text.Length != Length || text[VersionAt] != version)
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
