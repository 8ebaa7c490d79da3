namespace UsageReporting.Server.Rollups;

/// <summary>
/// A number that installations report, as the values below which a quarter, a half and three quarters of them lie: each a
/// value that one of them reported (nearest rank). A mean would let one installation move it anywhere.
/// </summary>
/// <param name="Word">The word of a counts field; empty for a count.</param>
/// <param name="Installs">How many reported it.</param>
/// <param name="Lower">The first quartile.</param>
/// <param name="Median">The second.</param>
/// <param name="Upper">The third.</param>
internal sealed record Quartiles(string Word, long Installs, long Lower, long Median, long Upper)
{
    /// <param name="word">The word, or nothing.</param>
    /// <param name="numbers">How many installations reported which number; at least one.</param>
    public static Quartiles Of(string word, IReadOnlyDictionary<long, long> numbers)
    {
        long installs = numbers.Values.Sum();
        (long Number, long UpTo)[] ranks = new (long, long)[numbers.Count];
        long upTo = 0;
        foreach ((int i, KeyValuePair<long, long> number) in numbers.OrderBy(n => n.Key).Index())
        {
            upTo += number.Value;
            ranks[i] = (number.Key, upTo);
        }

        long AtQuarter(int quarter) => ranks.First(rank => 4 * rank.UpTo >= quarter * installs).Number;
        return new Quartiles(word, installs, AtQuarter(1), AtQuarter(2), AtQuarter(3));
    }
}
