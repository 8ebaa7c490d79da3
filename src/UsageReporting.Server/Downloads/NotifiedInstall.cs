namespace UsageReporting.Server.Downloads;

/// <summary>An entry of a notification, well-formed.</summary>
internal readonly record struct NotifiedInstall(string Package, string Version);
