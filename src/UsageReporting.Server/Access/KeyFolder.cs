using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Access;

/// <summary>
/// The keys that the running server knows: those of its settings, and those in the folder as it is. A file that is added or
/// replaced there changes the time of the folder, which is all that is looked at.
/// </summary>
internal sealed class KeyFolder
{
    // What file systems round times to, at the coarsest. A folder that changed just now may change again unseen.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // Files have the machine's own time.
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly UsageKeys _folder;
    private readonly HeldKey[] _ofSettings;
    private readonly ILogger _logger;
    private readonly HashSet<string> _told = [];

    private Dictionary<string, HeldKey> _ofFiles = [];
    private volatile HeldKey[] _keys = [];
    private DateTime _read;
    private long _looked;
    private bool _isFailing;

    /// <summary>Reads the keys, as a server that does not know them would let everybody in.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ofSettings">The keys of the settings.</param>
    /// <param name="logger">Hears of what cannot be read.</param>
    /// <exception cref="UsageStoreException">The folder or a file of it may not be read, or a key is broken.</exception>
    public KeyFolder(UsageKeys folder, HeldKey[] ofSettings, ILogger logger)
    {
        _folder = folder;
        _ofSettings = ofSettings;
        _logger = logger;
        IReadOnlyList<KeyInFile> files = folder.Read();
        if (files.FirstOrDefault(file => file.IsUnreadable) is { Trouble: { } trouble })
        {
            throw UsageKeys.Unreadable(folder.Folder, trouble);
        }

        if (files.FirstOrDefault(file => file.IsBroken) is { File: var broken })
        {
            throw new UsageStoreException($"{broken} is a key that cannot be understood: put it right, or delete it if what it closes may be open.");
        }

        Take(files);
        _looked = _time.GetTimestamp();
    }

    /// <summary>The keys, as they were a moment ago.</summary>
    public HeldKey[] Keys
    {
        get
        {
            // Each report asks: nobody waits but for a look.
            if (IsDue)
            {
                lock (_lock)
                {
                    if (IsDue)
                    {
                        Look();
                        Volatile.Write(ref _looked, _time.GetTimestamp());
                    }
                }
            }

            return _keys;
        }
    }

    private bool IsDue => _time.GetElapsedTime(Volatile.Read(ref _looked)) >= ServerLimits.KeysEvery;

    private void Look()
    {
        try
        {
            // To open a product its keys' files are deleted. A folder that is gone is one that is being put back.
            DateTime changed = _ofFiles.Count == 0 || Directory.Exists(_folder.Folder)
                ? Directory.GetLastWriteTimeUtc(_folder.Folder)
                : throw new DirectoryNotFoundException($"The folder {_folder.Folder} is gone.");
            if (changed != _read)
            {
                bool isWhole = Take(_folder.Read());
                _read = isWhole && _time.GetUtcNow().UtcDateTime - changed > Settled ? changed : default;
            }

            _isFailing = false;
        }
        catch (Exception e) when (e is UsageStoreException or IOException or UnauthorizedAccessException)
        {
            if (!_isFailing)
            {
                Log.KeysNotRead(_logger, e);
            }

            _isFailing = true;
        }
    }

    // Whether each file is a key.
    private bool Take(IReadOnlyList<KeyInFile> files)
    {
        Dictionary<string, HeldKey> keys = [];
        foreach (KeyInFile file in files)
        {
            // One that was a key stays that key: nobody is locked out, or let in, by a file that is being copied there.
            if ((file.Key ?? _ofFiles.GetValueOrDefault(file.File)) is { } key)
            {
                keys.Add(file.File, key);
            }

            if (file.Key is null && _told.Add(file.File))
            {
                Log.NoKey(_logger, Path.GetFileName(file.File));
            }
        }

        _ofFiles = keys;
        _keys = [.. _ofSettings, .. keys.Values];
        return files.All(file => file.Key is not null);
    }
}
