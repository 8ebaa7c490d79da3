using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using UsageReporting.Core.Delivery;

namespace UsageReporting;

/// <summary>One line of the history: a report that left this machine, or may have.</summary>
/// <param name="At">When it was agreed to.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Answer">
/// <c>accepted</c>, <c>accepted, unconfirmed</c>, <c>already reported</c>, <c>rejected</c>, <c>unauthorized</c>, or
/// <c>no answer</c> where it may or may not have arrived.
/// </param>
/// <param name="Sha256">The SHA-256 of the bytes that were sent, in lower-case hexadecimal digits.</param>
/// <param name="Report">These bytes as text; in UTF-8 they are what was sent.</param>
public sealed record SentReport(DateTimeOffset At, string Destination, string Answer, string Sha256, string Report)
{
    /// <summary>Whether <see cref="Report"/> still has the hash that was noted when it was sent.</summary>
    [JsonIgnore]
    public bool IsIntact => Sha256 == HashOf(Report);

    /// <summary>Whether the destination took it, and as far as anybody says so, stored it.</summary>
    [JsonIgnore]
    internal bool IsAccepted => Answer is ReportHistory.Accepted or ReportHistory.Unconfirmed;

    /// <summary>Whether the destination may have it: it was accepted there, or once, or nobody knows.</summary>
    [JsonIgnore]
    internal bool MayBeStored => Answer is not ("rejected" or "unauthorized");

    internal static string HashOf(string report) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(report)));
}
