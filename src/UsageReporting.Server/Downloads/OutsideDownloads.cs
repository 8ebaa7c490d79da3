namespace UsageReporting.Server;

/// <summary>How often a package was downloaded from somebody else, by their own count.</summary>
/// <param name="Source">Who counts, such as <c>WordPress.org</c>.</param>
/// <param name="Downloads">What they count.</param>
public sealed record OutsideDownloads(string Source, long Downloads);
