namespace UsageReporting.Core.Delivery;

/// <summary>An erasure that was asked for and that one server has not answered yet.</summary>
/// <param name="Server">Which: a destination, or scheme, host and port of it.</param>
/// <param name="Proof">Whose reports.</param>
/// <param name="Since">When the person wished it.</param>
/// <param name="Tried">When the server was asked last, for this or another one; null if it was not.</param>
/// <param name="IsAsked">Whether it was asked for this one, so that it may have been erased and the answer lost.</param>
internal sealed record PendingErasure(
    string Server, InstallationProof Proof, DateTimeOffset Since, DateTimeOffset? Tried = null, bool IsAsked = false)
{
    /// <summary>Whether it is the same wish, however often it was asked for.</summary>
    public bool IsSameAs(PendingErasure other) => (Server, Proof) == (other.Server, other.Proof);
}
