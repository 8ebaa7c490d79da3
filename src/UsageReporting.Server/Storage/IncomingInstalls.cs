namespace UsageReporting.Server.Storage;

/// <summary>What one notification says: a client's installs.</summary>
/// <param name="Received">The server's time, UTC, in whole seconds.</param>
/// <param name="Bucket">When the time bucket began, in Unix seconds; in it an install counts once.</param>
/// <param name="IsAutomatic">Whether it comes from a CI service.</param>
/// <param name="Installs">The packages; at least one.</param>
internal sealed record IncomingInstalls(
    DateTimeOffset Received, long Bucket, bool IsAutomatic, IReadOnlyList<PackageInstall> Installs);
