using UsageReporting.Core.Machine;

namespace UsageReporting.Core.State;

/// <summary>Where a product's state folder is, unless the host says otherwise.</summary>
internal static class StatePath
{
    /// <summary>The folder, or null where the user has no place for such things.</summary>
    public static string? Default(IMachine machine, string product)
    {
        string? home = machine.Variable("HOME");
        return machine.SystemFamily switch
        {
            "windows" => Below(machine.Variable("LOCALAPPDATA"), product),
            "macos" => Below(home, "Library", "Application Support", product),
            _ => Below(machine.Variable("XDG_STATE_HOME"), product) ?? Below(home, ".local", "state", product),
        };
    }

    /// <summary>Where a choice is kept that counts for more than one person; null where it is one person's.</summary>
    public static string? OfScope(IMachine machine, string product, ConsentScope scope) => scope switch
    {
        ConsentScope.User => null,
        ConsentScope.Installation => Path.Combine(machine.ApplicationFolder, "usage-reporting"),
        ConsentScope.Machine => machine.SystemFamily switch
        {
            "windows" => Below(machine.Variable("ProgramData"), product),
            "macos" => $"/Library/Application Support/{product}",
            _ => $"/var/lib/{product}",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    // XDG Base Directory Specification: a path that is not absolute is to be ignored.
    private static string? Below(string? root, params string[] names) =>
        Path.IsPathFullyQualified(root ?? "") ? Path.Combine([root!, .. names]) : null;
}
