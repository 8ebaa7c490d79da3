using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.Core.Delivery;

/// <summary>Which server is asked for what, when, and what settles it. Pure.</summary>
internal static class ErasurePlan
{
    /// <summary>
    /// What a server is asked for: all endpoints of one are asked once for each id, and each only for what the history says it
    /// may have got. Ids of which the history holds nothing that can be asked, because it is full or was lost, or because
    /// reports go elsewhere now, are asked for everywhere.
    /// </summary>
    /// <param name="proofs">The ids, and what proves them.</param>
    /// <param name="sent">The history.</param>
    /// <param name="everywhere">The destinations that reports can have gone to.</param>
    /// <param name="servers">Those that can be asked.</param>
    public static IReadOnlyList<(string Server, InstallationProof Proof)> Of(
        IEnumerable<InstallationProof> proofs,
        IReadOnlyList<SentReport> sent,
        IReadOnlyList<string> everywhere,
        IReadOnlyCollection<string> servers) =>
    [
        .. from proof in proofs
           let times = sent.Where(report => report.Report.Contains(proof.Id, StringComparison.OrdinalIgnoreCase))
               .Select(report => report.At).ToHashSet()

           // In another format the id need not be found, but what was agreed to at that time is the same report.
           let noted = sent.Where(report => times.Contains(report.At)
               && servers.Contains(ServerOf(report.Destination))).ToList()
           from server in (noted.Count == 0 ? everywhere : noted.Where(report => report.MayBeStored).Select(report => report.Destination))
               .Select(ServerOf).Distinct()
           select (server, proof),
    ];

    /// <summary>What is asked for all endpoints of one server: scheme, host and port, or the destination where it has none.</summary>
    public static string ServerOf(string destination) =>
        Uri.TryCreate(destination, UriKind.Absolute, out Uri? address) && address.Authority.Length > 0
            ? address.GetLeftPart(UriPartial.Authority)
            : destination;

    /// <summary>Whether it is time to ask again: after as long as the wish was old when it was tried last, within limits.</summary>
    public static bool IsDue(PendingErasure pending, DateTimeOffset now) =>
        pending.Tried is not { } tried
        || (now - tried).Duration() >= TimeSpan.FromTicks(Math.Clamp(
            (tried - pending.Since).Ticks, ClientLimits.ErasureAgain.Ticks, ClientLimits.ErasureAgainAtMost.Ticks));

    /// <summary>
    /// Whether nothing can be stored any more of what was sent before the wish. A clock that stands in the past, as that of a
    /// machine without a battery does at its start, ends nothing: with the wish its proof would be gone.
    /// </summary>
    public static bool IsOver(PendingErasure pending, DateTimeOffset now) => now - pending.Since >= ClientLimits.ErasureEnds;

    /// <summary>Whether a receipt is one of this installation and not signed by another key than the one that came with it.</summary>
    public static bool Settles(ErasureReceipt receipt, InstallationProof proof) =>
        receipt.Product == proof.Product
        && receipt.IdSha256 == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof.Id)))
        && (receipt.PublicKey is not { } key || receipt.IsSignedBy(key));
}
