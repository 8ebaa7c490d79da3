namespace UsageReporting;

/// <summary>
/// Keeps the few small documents that must last from one run to the next, such as the installation's id and the report
/// that waits for an answer. Files in a folder unless the host says otherwise: one that runs on several machines keeps
/// them in its own database, and so is one installation.
/// </summary>
/// <remarks>
/// It is asked from several threads and processes at once. It may throw and it may be slow (10 s at most): nothing is
/// sent then, and the person is told. What it keeps should be readable by the application only.
/// </remarks>
public interface IUsageStateStore
{
    /// <summary>Where it keeps them, as people are told: <c>Could not write to {Place}. Nothing sent.</c></summary>
    string Place { get; }

    /// <summary>
    /// The text of a document, or null where there is none. It throws where that cannot be found out: a choice that cannot
    /// be read means off.
    /// </summary>
    /// <param name="name">Up to 32 lower-case ASCII letters, digits, underscores and dots.</param>
    /// <param name="cancellationToken">Cancelled when the time is over.</param>
    ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a document that is still what it was when it was read; of any number of processes that do so at once
    /// one gets true. Answers after it is durable.
    /// </summary>
    /// <param name="name">The document.</param>
    /// <param name="expected">Its text when it was read, or null where there was none.</param>
    /// <param name="text">Its new text, at most 2 MB, or null to remove it.</param>
    /// <param name="cancellationToken">Cancelled when the time is over.</param>
    /// <returns>False where it holds something else by now; it is left so.</returns>
    ValueTask<bool> TryReplaceAsync(string name, string? expected, string? text, CancellationToken cancellationToken);
}
