namespace UsageReporting.Server.Storage;

/// <summary>All that is stored of one installation.</summary>
/// <param name="FirstSeen">When its first report came.</param>
/// <param name="LastSeen">When its last one came.</param>
/// <param name="LastSha256">The SHA-256 of that, in hexadecimal digits.</param>
/// <param name="IsHeld">Whether it is not counted yet.</param>
/// <param name="Reports">Its reports, the oldest first.</param>
internal sealed record StoredInstallation(
    string FirstSeen, string LastSeen, string LastSha256, bool IsHeld, IReadOnlyList<StoredColumns> Reports);
