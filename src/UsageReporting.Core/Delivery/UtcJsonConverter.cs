using System.Text.Json;
using System.Text.Json.Serialization;

namespace UsageReporting.Core.Delivery;

/// <summary>Times in kept files as they are everywhere else: UTC, whole seconds, <c>Z</c>.</summary>
internal sealed class UtcJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && DateField.TryRead(reader.GetString(), out DateTimeOffset time)
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DateField.Write(value));
}
