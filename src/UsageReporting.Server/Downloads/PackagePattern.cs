namespace UsageReporting.Server.Downloads;

/// <summary>A vendor and a name, each of which may be any.</summary>
internal sealed record PackagePattern(string? Vendor, string? Name)
{
    private const string Any = "*";

    /// <summary>Reads <c>vendor/name</c>; null for anything else.</summary>
    public static PackagePattern? Parse(string text) =>
        text.Split('/') is [var vendor, var name] && IsPart(vendor) && IsPart(name)
            ? new PackagePattern(vendor == Any ? null : vendor, name == Any ? null : name)
            : null;

    public bool Matches(ReadOnlySpan<char> package)
    {
        int slash = package.IndexOf('/');
        return (Vendor is null || package[..slash].SequenceEqual(Vendor))
            && (Name is null || package[(slash + 1)..].SequenceEqual(Name));
    }

    private static bool IsPart(string text) => text == Any || PackageName.IsPart(text);
}
