namespace UsageReporting;

/// <summary>What became of the wish to erase what was sent.</summary>
/// <param name="IsKept">
/// Whether the wish is kept here until each endpoint has answered; false where there is no place to, and nothing was asked.
/// </param>
/// <param name="Receipts">The answers of just now.</param>
/// <param name="Waiting">The endpoints that have not answered; they are asked again.</param>
public sealed record UsageErasure(bool IsKept, IReadOnlyList<ErasureReceipt> Receipts, IReadOnlyList<string> Waiting);
