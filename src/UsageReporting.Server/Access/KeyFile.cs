using System.Text.Json;
using System.Text.Json.Serialization;

namespace UsageReporting.Server.Access;

/// <summary>The JSON of one key in the folder of keys. It has the key's fingerprint, of which no key can be made.</summary>
internal static class KeyFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static byte[] Write(HeldKey key) => JsonSerializer.SerializeToUtf8Bytes(key, Options);

    /// <exception cref="JsonException">It is no key.</exception>
    public static HeldKey Read(byte[] json) =>
        JsonSerializer.Deserialize<HeldKey>(json, Options) ?? throw new JsonException("There is no key.");
}
