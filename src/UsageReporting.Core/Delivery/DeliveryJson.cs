using System.Text.Json.Serialization;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>Reads and writes what is kept of reports without reflection, so that a trimmed host can.</summary>
[JsonSerializable(typeof(FrozenReport))]
[JsonSerializable(typeof(SentReport))]
[JsonSerializable(typeof(IReadOnlyList<PendingErasure>))]
internal sealed partial class DeliveryJson : JsonSerializerContext
{
    public static DeliveryJson Readable { get; } = new(StateJsonOptions.Create());
}
