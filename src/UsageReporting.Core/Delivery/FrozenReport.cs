using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using UsageReporting.Core.Collection;

namespace UsageReporting.Core.Delivery;

/// <summary>A report that a person agreed to, as exactly the bytes that they saw, until each sink has answered.</summary>
/// <param name="Report">The report's JSON, as text so that a person can read the file.</param>
/// <param name="At">When it was agreed to.</param>
/// <param name="Begun">The destinations to which an attempt was begun that was never answered.</param>
/// <param name="Done">The destinations that gave a final answer.</param>
/// <param name="Level">The level that was agreed to.</param>
internal sealed record FrozenReport(
    string Report,
    DateTimeOffset At,
    IReadOnlyList<string> Begun,
    IReadOnlyList<string> Done,
    [property: JsonConverter(typeof(JsonStringEnumConverter<UsageLevel>))] UsageLevel Level = UsageLevel.Full)
{
    /// <summary>The tallies that its numbers stand for.</summary>
    // The generated reader sets null where a document does not have it.
    public IReadOnlyList<CarriedTallies> Carried { get; init => field = [.. (value ?? []).OfType<CarriedTallies>()]; } = [];

    /// <summary>By destination, what goes there in the place of the report, which is in another format.</summary>
    // A place whose text somebody took out of the file is one that has none.
    public IReadOnlyDictionary<string, string> Rendered
    {
        get;
        init => field = (value ?? ReadOnlyDictionary<string, string>.Empty).Where(rendered => rendered.Value is not null).ToDictionary();
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether nobody can know of it yet.</summary>
    [JsonIgnore]
    public bool IsUntold => Begun.Count + Done.Count == 0;

    /// <summary>Whether the sink takes reports of this level.</summary>
    public bool IsFor(IReportSink sink) => sink.Level is null || sink.Level == Level;

    /// <summary>Whether the sink takes it and has given no final answer.</summary>
    public bool IsOpenFor(IReportSink sink) => IsFor(sink) && !Done.Contains(sink.Destination);

    /// <summary>Exactly what goes there, as text.</summary>
    public string TextFor(string destination) => Rendered.GetValueOrDefault(destination, Report);

    /// <summary>Whether it is the same report, however far either came.</summary>
    public bool IsSameAs(FrozenReport other) => (Report, At) == (other.Report, other.At);

    /// <summary>Whether it also came exactly as far.</summary>
    public bool IsExactly(FrozenReport other) =>
        IsSameAs(other) && Begun.SequenceEqual(other.Begun) && Done.SequenceEqual(other.Done);

    public FrozenReport WithBegun(string destination) => this with { Begun = [.. Begun.Union([destination])] };

    public FrozenReport WithoutBegun(string destination) => this with { Begun = [.. Begun.Except([destination])] };

    public FrozenReport WithDone(string destination) =>
        WithoutBegun(destination) with { Done = [.. Done.Union([destination])] };
}
