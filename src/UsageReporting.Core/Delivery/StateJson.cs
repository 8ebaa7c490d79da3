using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace UsageReporting.Core.Delivery;

/// <summary>Reads and writes what is kept of reports without reflection, so that a trimmed host can.</summary>
[JsonSerializable(typeof(FrozenReport))]
[JsonSerializable(typeof(SentReport))]
internal sealed partial class StateJson : JsonSerializerContext
{
    // In code, because the attribute for options cannot name an encoder. The default one makes six characters of each
    // quotation mark, so that nobody could read the file, and the largest report would not fit it.
    public static StateJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcJsonConverter() },
    });
}
