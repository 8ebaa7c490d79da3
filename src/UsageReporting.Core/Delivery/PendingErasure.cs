namespace UsageReporting.Core.Delivery;

/// <summary>An erasure that was asked for and that one endpoint has not answered yet.</summary>
/// <param name="Destination">Which.</param>
/// <param name="Proof">Whose reports.</param>
/// <param name="Tried">When it was asked last; null if it was not.</param>
internal sealed record PendingErasure(string Destination, InstallationProof Proof, DateTimeOffset? Tried);
