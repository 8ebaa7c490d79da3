using System.Text;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.State;

/// <summary>
/// The folder in which the library keeps what must last: a few small text files, readable by their owner only. It is
/// made with the first file, never before.
/// </summary>
internal sealed class StateFolder(string? path, ILogger<StateFolder> logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What a person is told about where it is.</summary>
    public string Place => path ?? "the user's state folder";

    /// <summary>The text of a file; null where there is none, or none that can be read.</summary>
    public string? Read(string name)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            FileInfo file = new(Path.Combine(path, name));
            // The length of a link is not that of what it leads to, and what has none is not opened: a pipe would wait for
            // ever for a writer, a device may never end.
            FileInfo target = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo other ? other : file;
            return target is { Exists: true, Length: > 0 and <= ClientLimits.StateFileBytes }
                ? File.ReadAllText(target.FullName)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file durably, replacing one that is there; false where that is not possible.</summary>
    public bool TryWrite(string name, string text) => TryChange(folder =>
        DurableFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file durably if there is none.</summary>
    public KeepResult TryCreate(string name, string text)
    {
        KeepResult result = KeepResult.NoPlace;
        TryChange(folder => result = DurableFile.TryCreate(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text))
            ? KeepResult.Kept
            : KeepResult.AnotherIsKept);
        return result;
    }

    /// <summary>Keeps a damaged file under another name, so that a person can look at it; only the first is kept.</summary>
    public void SetAside(string name) => TryChange(folder =>
    {
        string old = Path.Combine(folder, name + ".old");
        if (!File.Exists(old))
        {
            File.Move(Path.Combine(folder, name), old);
        }
    });

    /// <summary>Removes a file, if it is there; false where that is not possible.</summary>
    public bool TryDelete(string name) =>
        !Directory.Exists(path) || TryChange(folder => File.Delete(Path.Combine(folder, name)));

    private bool TryChange(Action<string> change)
    {
        if (path is null)
        {
            return false;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            change(path);
            return true;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            Log.StateNotWritten(logger, e.GetType().Name);
            return false;
        }
    }

    // What the runtime makes of a limit on the size of files is the third, and of a place that is no file the last.
    private static bool IsOfTheDisk(Exception e) => e is
        IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or NotSupportedException;
}
