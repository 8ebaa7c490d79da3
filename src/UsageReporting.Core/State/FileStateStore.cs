using System.Text;

namespace UsageReporting.Core.State;

/// <summary>
/// Keeps each document as a small text file, readable by its owner only unless it is everybody's, in a folder that is made
/// with the first of them and never before.
/// </summary>
/// <param name="path">The folder, or null where the user has no place for such things.</param>
/// <param name="texts">What people read.</param>
/// <param name="time">The clock.</param>
/// <param name="isShared">Whether others may read what one of them writes.</param>
internal sealed class FileStateStore(string? path, UsageTexts texts, TimeProvider time, bool isShared = false) : IUsageStateStore
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterers = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where a file goes that is there and is no document.</summary>
    public static string AsideOf(string file) => file + ".old";

    public string? Folder => path;

    public string Place => path ?? texts.Get("PlaceOfTheUser");

    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(path is null ? null : Read(Path.Combine(path, name)));

    public async ValueTask<bool> TryReplaceAsync(
        string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new IOException("There is no folder.");
        }

        if (expected is null && text is null && !Directory.Exists(path))
        {
            return true;
        }

        CreateFolder(path);
        using FileStream held = await FolderLock.TakeAsync(path, time, cancellationToken).ConfigureAwait(false);
        string file = Path.Combine(path, name);
        if (Read(file) != expected)
        {
            return false;
        }

        if (text is not null && text == expected)
        {
            return true;
        }

        if (text is null)
        {
            DurableFile.Delete(file);
            return true;
        }

        if (expected is null)
        {
            SetAside(file);
        }

        DurableFile.Write(file, Encoding.UTF8.GetBytes(text), isShared ? Owner | Readers : Owner);
        return true;
    }

    // What is there and cannot be read throws: nobody knows what it says, so that it stays where it is.
    private static string? Read(string path)
    {
        try
        {
            // This throws in a folder that may not be entered, where nothing seems to exist.
            File.GetAttributes(path);
            FileInfo file = new(path);
            // The length of a link is not that of what it leads to, and what has none is not opened: a pipe would wait for
            // ever for a writer, a device may never end.
            FileInfo target = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo other ? other : file;
            return target is { Exists: true, Length: > 0 and <= ClientLimits.StateFileBytes }
                ? File.ReadAllText(target.FullName)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        {
            return null;
        }
    }

    // So that a person can look at a file that is there and is no document: empty, or too long. Only the first is kept.
    private static void SetAside(string file)
    {
        string old = AsideOf(file);
        if (File.Exists(file) && !File.Exists(old))
        {
            File.Move(file, old);
        }
    }

    private void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            UnixFileMode owner = Owner | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, isShared ? owner | Readers | Enterers : owner);
        }
    }
}
