using System.Text.Json.Serialization;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Recording;

/// <summary>Reads and writes what is kept of tallies without reflection, so that a trimmed host can.</summary>
[JsonSerializable(typeof(TallyDocument))]
internal sealed partial class TallyJson : JsonSerializerContext
{
    public static TallyJson Readable { get; } = new(StateJsonOptions.Create());
}
