using System.Text.Json.Serialization;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Consent;

/// <summary>Reads and writes a choice without reflection, so that a trimmed host can.</summary>
[JsonSerializable(typeof(KeptConsent))]
internal sealed partial class ConsentJson : JsonSerializerContext
{
    public static ConsentJson Readable { get; } = new(StateJsonOptions.Create());
}
