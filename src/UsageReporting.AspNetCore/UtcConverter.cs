using System.Text.Json;
using System.Text.Json.Serialization;

namespace UsageReporting.AspNetCore;

/// <summary>Times in answers: UTC, <c>Z</c>, in whole seconds. Requests have none.</summary>
internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DateField.Write(value));
}
