namespace UsageReporting.Server.Storage;

/// <summary>One package that a client installed.</summary>
/// <param name="Package">Its name, vendor and slash included.</param>
/// <param name="Version">The normalized version, as it was sent.</param>
/// <param name="Hash">By which the same install of the same client is known again, within its bucket.</param>
internal readonly record struct PackageInstall(string Package, string Version, UInt128 Hash);
