using System.Text.Json;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// A folder of files for everybody. A list in it says which ones were written there, so that those that are not to be public any
/// more are removed, and nothing else is.
/// </summary>
internal static class PublishedFolder
{
    /// <summary>The list: a JSON array of paths in the folder.</summary>
    public const string List = "published.json";

    /// <summary>Writes all files, each in one step, and removes what was written before, is not among them and is not kept.</summary>
    /// <param name="folder">The folder, made if it is missing.</param>
    /// <param name="files">Their contents by path, with <c>/</c> between its parts.</param>
    /// <param name="isKept">Whether a path that was written before and is not among them stays.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task WriteAsync(
        string folder, IReadOnlyDictionary<string, byte[]> files, Func<string, bool> isKept, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string[] before = Read(folder);
        // Whenever this is broken off, the list has all that may be there.
        await WriteListAsync(folder, before.Union(files.Keys), cancellationToken);
        foreach ((string path, byte[] content) in files)
        {
            await WriteAsync(folder, path, content, cancellationToken);
        }

        string[] left = [.. before.Except(files.Keys)];
        string[] kept = [.. left.Where(path => isKept(path) && IsWithin(folder, path))];
        foreach (string path in left.Except(kept).Where(path => IsWithin(folder, path)))
        {
            string file = Path.Combine(folder, path);
            File.Delete(file);
            RemoveIfEmpty(Path.GetDirectoryName(file)!);
        }

        await WriteListAsync(folder, files.Keys.Concat(kept), cancellationToken);
    }

    private static string[] Read(string folder)
    {
        string list = Path.Combine(folder, List);
        if (!File.Exists(list))
        {
            return [];
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(list));
        return [.. json.RootElement.EnumerateArray().Select(path => path.GetString()!)];
    }

    private static async Task WriteListAsync(string folder, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        await using (Utf8JsonWriter json = new(content))
        {
            json.WriteStartArray();
            foreach (string path in paths.Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
        }

        await WriteAsync(folder, List, content.ToArray(), cancellationToken);
    }

    private static async Task WriteAsync(string folder, string path, byte[] content, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = $"{file}.tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken);
        File.Move(temporary, file, overwrite: true);
    }

    // The list lies where others may write, too.
    private static bool IsWithin(string folder, string path)
    {
        string full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && File.Exists(full);
    }

    private static void RemoveIfEmpty(string folder)
    {
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
