namespace UsageReporting.Core.Recording;

/// <summary>What a field declares of its tallies: a number for each of its words, or a single number.</summary>
internal static class TallyWords
{
    /// <summary>Under which a single number is kept.</summary>
    public const string Only = "total";

    /// <summary>The word, as the field declares it; null where it does not.</summary>
    public static string? Find(UsageField field, string word) => field is CountsField counts
        ? counts.Words.Find(word)
        : word == Only ? Only : null;

    /// <summary>The smallest and the largest number of a word.</summary>
    public static (long Minimum, long Maximum) BoundsOf(UsageField field) => field switch
    {
        CountsField counts => (counts.Minimum, counts.Maximum),
        CountField count => (count.Minimum, count.Maximum),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
