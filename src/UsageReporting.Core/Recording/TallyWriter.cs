using UsageReporting.Core.State;

namespace UsageReporting.Core.Recording;

/// <summary>Adds what this process has counted to its document. One at a time calls it.</summary>
internal sealed class TallyWriter(UsageState state, string document)
{
    private TallyDocument _pending = TallyDocument.Empty;

    // What was tried last without an answer, and may be there all the same: a slow disk, a database that went away.
    private (string? Text, TallyDocument Tried) _unsure = (null, TallyDocument.Empty);

    /// <summary>Forgets what could not be written.</summary>
    public void Forget() => _pending = TallyDocument.Empty;

    /// <summary>Writes what was counted, and what could not be written before; false where that is not possible.</summary>
    public async Task<bool> TryWriteAsync(TallyDocument counted)
    {
        _pending.Add(counted);
        string? there = await state.ReadAsync(document).ConfigureAwait(false);
        if (there is not null && there == _unsure.Text)
        {
            _pending.Counts.Subtract(_unsure.Tried.Counts);
            _pending.Local.Subtract(_unsure.Tried.Local);
        }

        if (_pending.IsEmpty)
        {
            return true;
        }

        if (there is not null && TallyDocument.Parse(there) is null)
        {
            // No document of tallies, or one of a later version. A person can look at the first of these.
            await state.TryReplaceAsync(FileStateStore.AsideOf(document), expected: null, there).ConfigureAwait(false);
        }

        string? tried = null;
        bool isWritten = await state.TryChangeAsync(document, text =>
        {
            TallyDocument kept = TallyDocument.Parse(text) ?? TallyDocument.Empty;
            kept.Add(_pending);
            return tried = kept.Write();
        }).ConfigureAwait(false);
        if (isWritten)
        {
            _pending = TallyDocument.Empty;
        }

        TallyDocument copy = TallyDocument.Empty;
        copy.Add(_pending);
        _unsure = (isWritten ? null : tried, copy);
        return isWritten;
    }
}
