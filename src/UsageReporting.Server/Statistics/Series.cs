using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>One field over many windows, the versions of one word, or two fields together.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Name">The field's name, the word's versions' or the pair's.</param>
/// <param name="Pair">The pair, where it is one.</param>
/// <param name="Kind">Weeks or months.</param>
/// <param name="AsOf">When the newest numbers were made; null where there are none.</param>
/// <param name="Windows">The windows that have numbers, oldest first.</param>
internal sealed record Series(
    string Product, string Name, FieldPair? Pair, WindowKind Kind, DateTimeOffset? AsOf, IReadOnlyList<PublishedWindow> Windows);
