using UsageReporting.Core.Consent;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Identity;

/// <summary>
/// Whether an id that is kept here would still be here the next time. Where it would not, one would be drawn in each run and
/// counted as an installation each time. A place that the host or the person named is theirs to know.
/// </summary>
/// <param name="isNamed">Whether the place was named.</param>
/// <param name="folder">The folder; null where the user has none.</param>
/// <param name="machine">The machine.</param>
/// <param name="automation">Whether a build server runs this, which begins anew each time.</param>
internal sealed class LastingPlace(bool isNamed, string? folder, IMachine machine, Automation automation)
{
    // What a container writes that has no volume, and what is in memory: it goes with the container or the power.
    private static readonly string[] Passing = ["overlay", "overlayfs", "aufs", "tmpfs", "ramfs"];

    public bool Lasts() =>
        isNamed
        || (folder is not null
            && machine.CanWriteTo(folder)
            && !Passing.Contains(machine.FileSystemOf(folder))
            && automation.Objection() is null);
}
