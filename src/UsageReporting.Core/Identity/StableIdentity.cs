using UsageReporting.Core.State;

namespace UsageReporting.Core.Identity;

/// <summary>
/// A random id that stays (RFC 9562, version 4). One is drawn in memory when it is first shown, unless the host has had
/// one; it is kept, in a document of one line, only when the person says yes to a report that holds it.
/// </summary>
internal sealed class StableIdentity(UsageState state, ExistingId? existing = null)
{
    private const string Document = UsageDocuments.Id;

    // Stands in the id's place when it was forgotten, so that the host's own is not taken over a second time.
    private const string Forgotten = "forgotten";

    private Lazy<string> _candidate = new(Draw);

    /// <summary>The id that is kept; null where none is.</summary>
    public async Task<string?> FindKeptAsync() => IdText.Read(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>
    /// The id that is kept, else the one that would be; null where the host cannot say which one it had, because a new
    /// one would count as another installation.
    /// </summary>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    public async Task<InstallationId?> FindAsync(CancellationToken cancellationToken)
    {
        string? text = await state.ReadAsync(Document).ConfigureAwait(false);
        if (IdText.Read(text) is { } kept)
        {
            return new InstallationId(kept, IdOrigin.Kept);
        }

        InstallationId drawn = new(_candidate.Value, IdOrigin.Drawn);
        if (existing is null || text?.Trim() == Forgotten)
        {
            return drawn;
        }

        return await existing.FindAsync(cancellationToken).ConfigureAwait(false) switch
        {
            (false, _) => null,
            (_, { } had) => new InstallationId(had, IdOrigin.Existing),
            _ => drawn,
        };
    }

    /// <summary>Keeps an id that was shown.</summary>
    public async Task<KeepResult> KeepAsync(InstallationId id)
    {
        string? text = await state.ReadAsync(Document).ConfigureAwait(false);
        if (IdText.Read(text) is { } kept)
        {
            return kept == id.Value ? KeepResult.Kept : KeepResult.AnotherIsKept;
        }

        bool isForgotten = text?.Trim() == Forgotten;
        if (id.Origin == IdOrigin.Kept || (id.Origin == IdOrigin.Existing && isForgotten))
        {
            // It was forgotten while the question stood.
            return KeepResult.AnotherIsKept;
        }

        if (text is not null && !isForgotten)
        {
            // Something that is no id: it never was one of ours, or was damaged. A person can look at the first of these.
            await state.TryReplaceAsync(FileStateStore.AsideOf(Document), expected: null, text).ConfigureAwait(false);
        }

        return await state.TryReplaceAsync(Document, text, id.Value + "\n").ConfigureAwait(false);
    }

    /// <summary>Forgets the id; the next report that is agreed to keeps a new one.</summary>
    public async Task<bool> TryForgetAsync()
    {
        bool isForgotten = await state.TryChangeAsync(Document, _ => existing is null ? null : Forgotten + "\n")
            .ConfigureAwait(false);
        _candidate = new Lazy<string>(Draw);
        return isForgotten;
    }

#pragma warning disable RS0030 // The one place where ids are drawn.
    private static string Draw() => Guid.NewGuid().ToString("D");
#pragma warning restore RS0030
}
