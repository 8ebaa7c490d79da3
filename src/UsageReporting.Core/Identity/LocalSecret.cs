using System.Security.Cryptography;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Identity;

/// <summary>
/// A secret of 256 random bits that never leaves this machine: rotating ids and erasure keys are made of it. It is drawn in
/// memory when it is first needed and kept, in a document of one line, only when the person says yes.
/// </summary>
internal sealed class LocalSecret(UsageState state)
{
    private const string Document = UsageDocuments.Secret;
    private const int Digits = 64;

    private Lazy<string> _candidate = new(Draw);

    /// <summary>The secret that is kept, in hexadecimal digits; null where none is.</summary>
    public async Task<string?> FindKeptAsync() => Read(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>The secret that is kept, else the one that would be.</summary>
    public async Task<(string Secret, IdOrigin Origin)> FindAsync() =>
        await FindKeptAsync().ConfigureAwait(false) is { } kept ? (kept, IdOrigin.Kept) : (_candidate.Value, IdOrigin.Drawn);

    /// <summary>Keeps a secret that a report was made with.</summary>
    public async Task<KeepResult> KeepAsync(string secret, IdOrigin origin)
    {
        string? text = await state.ReadAsync(Document).ConfigureAwait(false);
        if (Read(text) is { } kept)
        {
            return kept == secret ? KeepResult.Kept : KeepResult.AnotherIsKept;
        }

        if (origin == IdOrigin.Kept)
        {
            // It was forgotten while the question stood.
            return KeepResult.AnotherIsKept;
        }

        if (text is not null)
        {
            // Damaged, for a person to look at.
            await state.TryReplaceAsync(FileStateStore.AsideOf(Document), expected: null, text).ConfigureAwait(false);
        }

        return await state.TryReplaceAsync(Document, text, secret + "\n").ConfigureAwait(false);
    }

    /// <summary>Forgets it; the next report that is agreed to keeps another one.</summary>
    public async Task<bool> TryForgetAsync()
    {
        bool isForgotten = await state.TryChangeAsync(Document, _ => null).ConfigureAwait(false);
        _candidate = new Lazy<string>(Draw);
        return isForgotten;
    }

    // Blanks, a byte order mark and a carriage return come from editors and do no harm.
    private static string? Read(string? text) =>
        text?.Trim().Trim('\uFEFF').Trim() is { Length: Digits } secret && secret.All(char.IsAsciiHexDigitLower) ? secret : null;

    private static string Draw() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}
