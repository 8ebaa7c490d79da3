using System.Text.Json;
using System.Text.Json.Serialization;

namespace UsageReporting.AspNetCore;

/// <summary>The JSON of the endpoints, the same whatever the host has set for its own.</summary>
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(IReadOnlyList<CountedPeriod>))]
[JsonSerializable(typeof(IReadOnlyList<SentReport>))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(OptInRequest))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    public static AnswerJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Converters = { new UtcConverter() },
    });
}
