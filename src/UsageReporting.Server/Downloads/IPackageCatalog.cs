namespace UsageReporting.Server;

/// <summary>
/// Says which packages count: a host's own, in the place of the patterns of <see cref="DownloadsOptions"/>. It is asked
/// in the middle of requests, by several at a time, so that it has to know the answer; one that throws counts nothing.
/// </summary>
public interface IPackageCatalog
{
    /// <summary>Whether installs of a package count.</summary>
    /// <param name="name">A well-formed name such as <c>wp-plugin/akismet</c>, which anybody may have sent.</param>
    bool Counts(string name);

    /// <summary>How often the package was downloaded elsewhere, which is shown beside its installs; null if unknown.</summary>
    /// <param name="name">The package.</param>
    OutsideDownloads? FindOutside(string name) => null;
}
