using UsageReporting.Testing;

namespace UsageReporting;

/// <summary>What an application's tests may say about its reporting, in any test framework.</summary>
public static class UsageReportingAssert
{
    // The recorded answer, and the lock under which it was written.
    private static readonly string[] Allowed = ["consent.json", "lock"];

    /// <summary>
    /// Runs something and fails where it opened a connection, sent a request, looked a name up, kept an id or a report, or
    /// wrote a file where the reporter keeps its files. That somebody's answer is recorded, or that a notice was seen, is no
    /// sound. What other tests do at the same time does not count.
    /// </summary>
    /// <param name="reporter">The application's reporter.</param>
    /// <param name="run">What should happen in silence.</param>
    /// <exception cref="UsageSilenceException">It did not.</exception>
    public static async Task IsSilentAsync(UsageReporter reporter, Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        ArgumentNullException.ThrowIfNull(run);
        UsageStatus before = await reporter.GetStatusAsync().ConfigureAwait(false);
        int sentBefore = (await reporter.GetHistoryAsync().ConfigureAwait(false)).Count;
        HashSet<string> filesBefore = FilesIn(before.Place);
        IReadOnlyList<string> network;
        using (NetworkWatch watch = new())
        {
            await run().ConfigureAwait(false);
            network = watch.Seen;
        }

        UsageStatus after = await reporter.GetStatusAsync().ConfigureAwait(false);
        string[] sounds =
        [
            .. network,
            .. after.InstallationId is not null && after.InstallationId != before.InstallationId ? ["an id is kept"] : Array.Empty<string>(),
            .. (await reporter.GetHistoryAsync().ConfigureAwait(false)).Count > sentBefore ? ["a report was sent"] : Array.Empty<string>(),
            .. FilesIn(after.Place).Except(filesBefore).Select(file => $"a file was written: {file}"),
        ];
        if (sounds.Length > 0)
        {
            throw new UsageSilenceException(sounds);
        }
    }

    // With the time of the last change, so that a file that was written again is another one.
    private static HashSet<string> FilesIn(string place) => Path.IsPathFullyQualified(place) && Directory.Exists(place)
        ? [.. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
            .Where(file => !Allowed.Contains(Path.GetFileName(file)))
            .Select(file => $"{Path.GetRelativePath(place, file)} ({File.GetLastWriteTimeUtc(file):O})")]
        : [];
}
