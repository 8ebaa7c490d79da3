using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.State;

/// <summary>
/// What lasts from one run to the next. The one place where what a store throws is contained, and where one that hangs
/// is left behind.
/// </summary>
internal sealed class UsageState(IUsageStateStore store, TimeProvider time, ILogger<UsageState> logger)
{
    /// <summary>What a person is told about where it is.</summary>
    public string Place
    {
        get
        {
            try
            {
                return store.Place;
            }
#pragma warning disable CA1031 // What a person is told is not worth an exception in the host.
            catch (Exception)
#pragma warning restore CA1031
            {
                return store.GetType().Name;
            }
        }
    }

    /// <summary>The text of a document; null where there is none, or none that can be read.</summary>
    public async Task<string?> ReadAsync(string name) => (await TryReadAsync(name).ConfigureAwait(false)).Text;

    /// <summary>The text of a document, or null where there is none. False where that cannot be found out.</summary>
    public Task<(bool IsRead, string? Text)> TryReadAsync(string name) => ContainAsync(
        async token => (IsRead: true, Text: await store.ReadAsync(name, token).ConfigureAwait(false)),
        otherwise: (false, null));

    /// <summary>What a person is told about where a document is.</summary>
    public string PlaceOf(string name) =>
        store is FileStateStore { Folder: { } folder } ? Path.Combine(folder, name) : $"{Place}: {name}";

    /// <summary>Where a document is, and whether it is there.</summary>
    public async Task<KeptDocument> FindAsync(string name) =>
        new(PlaceOf(name), await TryReadAsync(name).ConfigureAwait(false) is not (true, null));

    /// <summary>What lies beside the documents: empty files that are locked, and documents that were set aside.</summary>
    public IEnumerable<KeptDocument> FindOthers() => store is FileStateStore { Folder: { } folder }
        ? UsageDocuments.Others.Select(name => Path.Combine(folder, name)).Where(File.Exists)
            .Select(place => new KeptDocument(place, IsThere: true))
        : [];

    /// <summary>Replaces a document that is still what it was.</summary>
    public Task<KeepResult> TryReplaceAsync(string name, string? expected, string? text) => ContainAsync(
        async token => await store.TryReplaceAsync(name, expected, text, token).ConfigureAwait(false)
            ? KeepResult.Kept
            : KeepResult.AnotherIsKept,
        otherwise: KeepResult.NoPlace);

    /// <summary>
    /// Makes a new text of a document's text, again if another process was faster; null is no document. False where that
    /// is not possible.
    /// </summary>
    public async Task<bool> TryChangeAsync(string name, Func<string?, string?> change)
    {
        for (int i = 0; i < ClientLimits.StateAttempts; i++)
        {
            if (await TryReadAsync(name).ConfigureAwait(false) is not (true, var text))
            {
                return false;
            }

            string? changed = change(text);
            switch (await TryReplaceAsync(name, text, changed).ConfigureAwait(false))
            {
                case KeepResult.Kept:
                    return true;
                case KeepResult.NoPlace:
                    return false;
            }
        }

        return false;
    }

    private async Task<T> ContainAsync<T>(Func<CancellationToken, ValueTask<T>> work, T otherwise)
    {
        try
        {
            // Not interrupted by the host: what was answered must still be noted.
            return await HostCode.RunAsync(
                token => Task.Run(() => work(token).AsTask(), CancellationToken.None),
                ClientLimits.StateTime,
                time,
                CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a store throws, nothing is kept and the host goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.StateFailed(logger, e.GetType().Name);
            return otherwise;
        }
    }
}
