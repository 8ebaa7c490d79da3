using System.Text.Json.Serialization;

namespace UsageReporting.Core.Delivery;

/// <summary>Reads and writes frozen reports without reflection, so that a trimmed host can.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FrozenReport))]
internal sealed partial class FrozenReportJson : JsonSerializerContext;
