using System.Buffers;

namespace UsageReporting.Server.Downloads;

/// <summary>
/// What a package and a version may be called: as Composer has it, and a little wider, as names of WordPress end with
/// hyphens. Whatever else strangers send is in no table, page or log.
/// </summary>
internal static class PackageName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether it is a vendor and a name.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        int slash = text.IndexOf('/');
        return slash > 0 && text.Length <= ServerLimits.PackageText && IsPart(text[..slash]) && IsPart(text[(slash + 1)..]);
    }

    /// <summary>Whether it is a vendor, or a name without one.</summary>
    public static bool IsPart(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(Allowed);

    /// <summary>Whether it can be a version; a branch's may have slashes and more.</summary>
    public static bool IsVersion(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= ServerLimits.PackageText && !text.ContainsAnyExceptInRange('!', '~');
}
