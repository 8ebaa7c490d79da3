namespace UsageReporting.Server.Rollups;

/// <summary>One report as it is read again to be counted. The reader fills the same object for each report.</summary>
/// <param name="fields">How many fields the schema has.</param>
internal sealed class StoredReport(int fields)
{
    /// <summary>A flag that is set, as a text.</summary>
    public const string Yes = "true";

    /// <summary>A flag that is not set, as a text.</summary>
    public const string No = "false";

    private readonly string?[] _texts = new string?[fields];
    private readonly long?[] _numbers = new long?[fields];

    /// <summary>The installation's id, or null where the schema has none.</summary>
    public Guid? Id { get; set; }

    public DateTimeOffset Received { get; set; }

    /// <summary>The day of the installation's first report, as it was known when this one came.</summary>
    public DateOnly? FirstSeen { get; set; }

    /// <summary>Whether it came from a network with too many new installations and its own was not seen since.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The entries of all set, counts and versions fields.</summary>
    public List<StoredEntry> Entries { get; } = [];

    /// <summary>The value of a field with one value, by its place in the schema; null where it was left out.</summary>
    public string? Text(int field) => _texts[field];

    /// <summary>The value of a count; null where it was left out.</summary>
    public long? Number(int field) => _numbers[field];

    public void Set(int field, string? text) => _texts[field] = text;

    public void Set(int field, long? number) => _numbers[field] = number;
}
