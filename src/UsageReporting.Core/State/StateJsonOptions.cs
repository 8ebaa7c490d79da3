using System.Text.Encodings.Web;
using System.Text.Json;

namespace UsageReporting.Core.State;

/// <summary>The JSON of what is kept: readable by people, and nothing missing in it is made up.</summary>
internal static class StateJsonOptions
{
    // In code, because the attribute for options cannot name an encoder. The default one makes six characters of each
    // quotation mark, so that nobody could read the file, and the largest report would not fit it.
    public static JsonSerializerOptions Create() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcJsonConverter() },
    };
}
