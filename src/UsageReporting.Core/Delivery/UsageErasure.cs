namespace UsageReporting;

/// <summary>What became of the wish to erase what was sent.</summary>
/// <param name="IsKept">
/// Whether the wish is kept here until each server has answered; false where it cannot be, and nothing was asked; a no for the future is kept all the same.
/// </param>
/// <param name="Receipts">The answers of just now.</param>
/// <param name="Waiting">The servers that have given no receipt yet; they are asked again.</param>
public sealed record UsageErasure(bool IsKept, IReadOnlyList<ErasureReceipt> Receipts, IReadOnlyList<string> Waiting)
{
    /// <summary>
    /// The servers that have nothing now and had been asked before without an answer: they may have erased it then, and
    /// their receipt was lost.
    /// </summary>
    public IReadOnlyList<string> MaybeErased { get; init; } = [];

    /// <summary>
    /// The servers that are asked no more: for ten weeks there was no answer, after which a server has deleted what it was
    /// sent.
    /// </summary>
    public IReadOnlyList<string> GivenUp { get; init; } = [];
}
