using System.Buffers;
using System.Text;

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

    private static readonly SearchValues<byte> Characters = SearchValues.Create("0123456789abcdef-"u8);

    /// <summary>The version of a product's ids.</summary>
    public static char VersionOf(ReportIdentity identity) => identity.Kind == IdentityKind.Rotating ? '8' : '4';

    /// <summary>Turns a valid id into lower case, in place; says false to any other text.</summary>
    public static bool TryNormalize(Span<byte> text, char version)
    {
        if (text.Length != Length || text[VersionAt] != version)
        {
            return false;
        }

        Ascii.ToLowerInPlace(text, out _);
        return !text.ContainsAnyExcept(Characters)
            && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' && text.Count((byte)'-') == 4
            && (char)text[VariantAt] is '8' or '9' or 'a' or 'b';
    }
}
