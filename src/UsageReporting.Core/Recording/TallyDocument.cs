using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using UsageReporting.Core.Collection;

namespace UsageReporting.Core.Recording;

/// <summary>What some processes have counted and no report has carried yet, as it is kept.</summary>
/// <param name="Version">1. A document of another version is not ours to read.</param>
/// <param name="Id">Drawn anew each time that a report's tallies were taken from it.</param>
/// <param name="Counts">What goes into the next report.</param>
/// <param name="Local">What was counted to stay here, and never goes into a report.</param>
internal sealed record TallyDocument(int Version, string Id, TallyCounts Counts, TallyCounts Local)
{
    private const int Known = 1;

    public static TallyDocument Empty => new(Known, NewId(), [], []);

    /// <summary>The document, or null where the text is none.</summary>
    public static TallyDocument? Parse(string? text)
    {
        try
        {
            return text is not null
                && JsonSerializer.Deserialize(text, TallyJson.Readable.TallyDocument) is { Version: Known } document
                && IsWhole(document.Counts)
                && IsWhole(document.Local)
                ? document
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonIgnore]
    public bool IsEmpty => Counts.Count + Local.Count == 0;

    /// <summary>Adds what another holds, as far as there is room for its words.</summary>
    public void Add(TallyDocument other)
    {
        int room = ClientLimits.TallyWords - Counts.All.Count() - Local.All.Count();
        Add(Counts, other.Counts, ref room);
        Add(Local, other.Local, ref room);
    }

    /// <summary>Its text; null where there is nothing in it.</summary>
    public string? Write() =>
        IsEmpty ? null : JsonSerializer.Serialize(this, TallyJson.Readable.TallyDocument) + "\n";

    /// <summary>Takes away what a report has carried.</summary>
    public TallyDocument Without(TallyCounts carried)
    {
        Counts.Subtract(carried);
        return this with { Id = NewId() };
    }

    private static bool IsWhole(TallyCounts counts) =>
        counts.Values.All(words => words?.Values.All(number => number is > 0 and <= ClientLimits.LargestTally) == true);

    private static void Add(TallyCounts counts, TallyCounts others, ref int room)
    {
        foreach ((string field, string word, long number) in others.All)
        {
            if (counts.Holds(field, word) || room-- > 0)
            {
                counts.Add(field, word, number);
            }
        }
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
