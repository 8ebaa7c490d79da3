namespace UsageReporting.Tests.Server.Statistics;

/// <summary>
/// What somebody knows who has all public answers of a window: equations between the numbers of cells, hidden ones too. A
/// cell, or a sum of some, is determined by them when adding it as an equation of its own does not raise their rank.
/// </summary>
internal sealed class LinearSystem
{
    // Exact: the coefficients are 0 and 1, and a determinant that a prime of this size divides does not come up.
    private const long Prime = 2_147_483_647;

    private readonly List<string> _cells = [];
    private readonly List<Dictionary<int, long>> _basis = [];

    /// <summary>The sum of some cells is known.</summary>
    public void Know(params IEnumerable<string> cells)
    {
        Dictionary<int, long> row = Reduce(RowOf(cells));
        if (row.Count > 0)
        {
            _basis.Add(row);
        }
    }

    public bool Determines(params IEnumerable<string> cells) => Reduce(RowOf(cells)).Count == 0;

    private Dictionary<int, long> RowOf(IEnumerable<string> cells)
    {
        Dictionary<int, long> row = [];
        foreach (string cell in cells)
        {
            int place = _cells.IndexOf(cell);
            if (place < 0)
            {
                place = _cells.Count;
                _cells.Add(cell);
            }

            row[place] = 1;
        }

        return row;
    }

    // Each row of the basis has a leading cell that no later row has.
    private Dictionary<int, long> Reduce(Dictionary<int, long> row)
    {
        foreach (Dictionary<int, long> other in _basis)
        {
            int lead = other.Keys.Min();
            if (row.TryGetValue(lead, out long factor))
            {
                long times = factor * Inverse(other[lead]) % Prime;
                foreach ((int place, long value) in other)
                {
                    long left = (((row.GetValueOrDefault(place) - (times * value % Prime)) % Prime) + Prime) % Prime;
                    if (left == 0)
                    {
                        row.Remove(place);
                    }
                    else
                    {
                        row[place] = left;
                    }
                }
            }
        }

        return row;
    }

    private static long Inverse(long value)
    {
        long result = 1;
        for (long power = Prime - 2, square = value; power > 0; power >>= 1, square = square * square % Prime)
        {
            result = (power & 1) == 1 ? result * square % Prime : result;
        }

        return result;
    }
}
