using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>One field over many windows.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Kind">Weeks or months.</param>
/// <param name="AsOf">When the newest numbers were made; null where there are none.</param>
/// <param name="Windows">The windows that have numbers, oldest first.</param>
internal sealed record Series(
    string Product, string Field, WindowKind Kind, DateTimeOffset? AsOf, IReadOnlyList<PublishedWindow> Windows);
