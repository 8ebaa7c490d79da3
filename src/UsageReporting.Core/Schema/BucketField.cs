using System.Globalization;

namespace UsageReporting;

/// <summary>A range of a count: how many, without saying exactly how many.</summary>
public sealed record BucketField : UsageField
{
    private readonly string[] _ranges;

    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="bounds">
    /// The lower bound of each range, ascending, none negative: <c>[0, 100, 1000]</c> gives <c>0-99</c>,
    /// <c>100-999</c> and <c>1000+</c>.
    /// </param>
    public BucketField(string name, string label, string purpose, IReadOnlyList<long> bounds)
        : base(UsageFieldKind.Bucket, name, label, purpose)
    {
        Bounds = [.. bounds];
        _ranges = new string[bounds.Count];
        for (int i = 0; i < _ranges.Length; i++)
        {
            _ranges[i] = RangeFrom(i);
        }
    }

    /// <summary>The lower bound of each range, ascending.</summary>
    public IReadOnlyList<long> Bounds { get; }

    /// <summary>The values as they are sent, lowest first: <c>0-99</c>, … <c>50000+</c>.</summary>
    public IReadOnlyList<string> Ranges => _ranges;

    /// <summary>The range that a count falls into, or <see langword="null"/> for one below the first bound.</summary>
    /// <param name="count">The count, which stays on this machine.</param>
    public string? RangeOf(long count)
    {
        for (int i = Bounds.Count - 1; i >= 0; i--)
        {
            if (count >= Bounds[i])
            {
                return _ranges[i];
            }
        }

        return null;
    }

    /// <summary>The declared range equal to the text, or <see langword="null"/>.</summary>
    /// <param name="range">A value as it was sent.</param>
    public string? Find(ReadOnlySpan<char> range)
    {
        foreach (string known in _ranges)
        {
            if (range.SequenceEqual(known))
            {
                return known;
            }
        }

        return null;
    }

    private string RangeFrom(int index)
    {
        long lower = Bounds[index];
        if (index == Bounds.Count - 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{lower}+");
        }

        long upper = Bounds[index + 1] - 1;
        return lower == upper
            ? lower.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{lower}-{upper}");
    }
}
