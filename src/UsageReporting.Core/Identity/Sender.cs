using System.Text.Json.Nodes;

namespace UsageReporting.Core.Identity;

/// <summary>Who a report comes from, as it says itself.</summary>
/// <param name="Id">The id; null in a report without one.</param>
/// <param name="Secret">The local secret that was needed for it, or null.</param>
/// <param name="SecretOrigin">Where that comes from.</param>
/// <param name="Nonce">What a report without an id is known by.</param>
/// <param name="Fields">Name to value of the fields that the library fills.</param>
internal sealed record Sender(
    InstallationId? Id, string? Secret, IdOrigin SecretOrigin, string? Nonce, IReadOnlyDictionary<string, JsonNode> Fields)
{
    /// <summary>Whether it says the same of itself.</summary>
    public bool IsSameAs(Sender other) =>
        Id?.Value == other.Id?.Value
        && Fields.Count == other.Fields.Count
        && Fields.All(field => other.Fields.TryGetValue(field.Key, out JsonNode? value) && JsonNode.DeepEquals(field.Value, value));
}
