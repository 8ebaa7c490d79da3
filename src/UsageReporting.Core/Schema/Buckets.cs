using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>Ready-made bounds of a <see cref="BucketField"/>. Any other ascending numbers do as well.</summary>
public static class Buckets
{
    /// <summary>
    /// For what an archive holds: <c>0-99</c>, <c>100-999</c>, <c>1000-9999</c>, <c>10000-49999</c>, <c>50000+</c>.
    /// </summary>
    public static IReadOnlyList<long> Documents { get; } = [0, 100, 1_000, 10_000, 50_000];

    /// <summary>Ranges that are each ten times as wide as the one before: <c>0-9</c>, <c>10-99</c> and so on.</summary>
    /// <param name="max">
    /// From where on counts are no longer told apart, at least 10: 1000, and any number up to 9999, gives <c>1000+</c> as
    /// the last range.
    /// </param>
    public static IReadOnlyList<long> Decades(long max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, SchemaLimits.LargestInteger);
        List<long> bounds = [0];
        for (long bound = 10; bound <= max; bound *= 10)
        {
            bounds.Add(bound);
        }

        return bounds;
    }
}
