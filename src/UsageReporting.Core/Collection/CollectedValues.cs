using System.Text.Json.Nodes;

namespace UsageReporting.Core.Collection;

/// <summary>What the collectors yielded.</summary>
/// <param name="Values">Field name to value; all of them fit their declarations.</param>
/// <param name="LeftOut">Which fields have no value, or only a part of it, because something went wrong.</param>
/// <param name="Carried">Which tallies the values stand for.</param>
internal sealed record CollectedValues(
    IReadOnlyDictionary<string, JsonNode> Values,
    IReadOnlyList<LeftOutField> LeftOut,
    IReadOnlyList<CarriedTallies> Carried);
