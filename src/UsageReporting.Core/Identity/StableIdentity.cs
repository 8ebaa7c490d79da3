using UsageReporting.Core.State;

namespace UsageReporting.Core.Identity;

/// <summary>
/// A random id that stays (RFC 9562, version 4). One is drawn in memory when it is first shown; it is kept, in a file of
/// one line, only when the person says yes to a report that holds it.
/// </summary>
internal sealed class StableIdentity(StateFolder folder)
{
    private const string FileName = "usage_uuid";

    private readonly Lazy<string> _candidate = new(Draw);

    /// <summary>The id that is kept, else the one that would be.</summary>
    public InstallationId Current => Kept() is { } kept
        ? new InstallationId(kept, IsKept: true)
        : new InstallationId(_candidate.Value, IsKept: false);

    /// <summary>Keeps an id that was shown.</summary>
    public KeepResult Keep(InstallationId id)
    {
        if (id.IsKept)
        {
            return KeepResult.Kept;
        }

        return folder.TryCreate(FileName, id.Value + "\n") switch
        {
            KeepResult.AnotherIsKept when Kept() is { } kept =>
                kept == id.Value ? KeepResult.Kept : KeepResult.AnotherIsKept,

            // Something that is no id: it never was one of ours, or was damaged.
            KeepResult.AnotherIsKept => Replace(id),
            var result => result,
        };
    }

    /// <summary>Forgets the id; the next report that is agreed to keeps a new one.</summary>
    public bool TryForget() => folder.TryDelete(FileName);

    private KeepResult Replace(InstallationId id)
    {
        folder.SetAside(FileName);
        return folder.TryWrite(FileName, id.Value + "\n") ? KeepResult.Kept : KeepResult.NoPlace;
    }

    // Blanks, a byte order mark and a carriage return come from editors, not from us, and do no harm.
    private string? Kept() =>
        folder.Read(FileName)?.Trim().Trim('\uFEFF').Trim().ToLowerInvariant() is { } text && IsVersion4(text) ? text : null;

    // Guid also reads "+81d4fae-…" and "0x1d4fae-…".
    private static bool IsVersion4(string text) =>
        Guid.TryParseExact(text, "D", out Guid id)
        && id is { Version: 4, Variant: >= 8 and <= 11 }
        && id.ToString("D") == text;

#pragma warning disable RS0030 // The one place where ids are drawn.
    private static string Draw() => Guid.NewGuid().ToString("D");
#pragma warning restore RS0030
}
