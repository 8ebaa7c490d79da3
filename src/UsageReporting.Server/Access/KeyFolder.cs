using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Access;

/// <summary>
/// The keys that the running server knows: those of its settings, and those in the folder as it is. A file that is added or
/// replaced there changes the time of the folder, which is all that is looked at.
/// </summary>
internal sealed class KeyFolder(UsageKeys keys, HeldKey[] ofSettings, ILogger logger)
{
    // What file systems round times to, at the coarsest. A folder that changed just now may change again unseen.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // Files have the machine's own time.
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _lock = new();

    private HeldKey[]? _keys;
    private DateTime _read;
    private DateTime _failed;
    private long? _looked;

    /// <summary>The keys, as they were a moment ago.</summary>
    public HeldKey[] Keys
    {
        get
        {
            lock (_lock)
            {
                if (_looked is not { } looked || _time.GetElapsedTime(looked) >= ServerLimits.KeysEvery)
                {
                    Look();
                    _looked = _time.GetTimestamp();
                }

                return _keys ?? ofSettings;
            }
        }
    }

    private void Look()
    {
        DateTime changed = Directory.GetLastWriteTimeUtc(keys.Folder);
        if (changed == _read)
        {
            return;
        }

        try
        {
            _keys = [.. ofSettings, .. keys.Read()];
            _read = _time.GetUtcNow().UtcDateTime - changed > Settled ? changed : default;
        }
        catch (UsageStoreException e) when (changed != _failed)
        {
            // Those that are known stay: nobody is locked out, or let in, by a file that is being copied there.
            Log.KeysNotRead(logger, e);
            _failed = changed;
        }
        catch (UsageStoreException)
        {
            // Said already.
        }
    }
}
