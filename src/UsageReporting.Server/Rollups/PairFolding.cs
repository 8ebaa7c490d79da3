using System.Runtime.InteropServices;

namespace UsageReporting.Server.Rollups;

/// <summary>
/// Decides which cells of a table of two fields may be told beside the totals of its rows and columns, which everybody knows.
/// Whatever sum of hidden cells can be computed then is of ten installations at least; docs/decisions/0015 says why.
/// </summary>
internal sealed class PairFolding
{
    private readonly List<PairEdge> _cells = [];
    private readonly List<List<PairEdge>> _at = [];

    private PairFolding(IEnumerable<PairCell> cells)
    {
        Dictionary<(bool IsRow, string Value), int> places = [];
        int PlaceOf(bool isRow, string value)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, (isRow, value), out bool exists);
            if (!exists)
            {
                place = _at.Count;
                _at.Add([]);
            }

            return place;
        }

        foreach (PairCell cell in cells)
        {
            PairEdge edge = new(PlaceOf(true, cell.Row), PlaceOf(false, cell.Column), cell)
            {
                IsHidden = cell.Installs < ServerLimits.LeastPublished,
            };
            _cells.Add(edge);
            _at[edge.Row].Add(edge);
            _at[edge.Column].Add(edge);
        }
    }

    /// <summary>The cells that may be told; none where that cannot be done safely.</summary>
    /// <param name="cells">All cells in which there is somebody, smallest first.</param>
    public static IReadOnlyList<PairCell> Of(IReadOnlyList<PairCell> cells)
    {
        if (cells.Count > ServerLimits.PairCells)
        {
            return [];
        }

        PairFolding folding = new(cells);
        return folding.TryHide()
            ? [.. folding._cells.Where(cell => !cell.IsHidden).Select(cell => cell.Cell).Reverse()]
            : [];
    }

    // Each further hidden cell makes sums larger, or keeps them from being computed, so that what is right stays right.
    private bool TryHide()
    {
        foreach (PairEdge small in _cells.TakeWhile(cell => cell.Cell.Installs < ServerLimits.LeastPublished))
        {
            while (FindSmallSum(small) is { } within)
            {
                PairEdge? next = _cells.Find(cell => !cell.IsHidden && within.Contains(cell.Row) != within.Contains(cell.Column));
                if (next is null)
                {
                    return false;
                }

                next.IsHidden = true;
            }
        }

        return true;
    }

    // Rows and columns, of which no column has a hidden cell in another row: the totals of the rows less those of the columns
    // are the hidden cells that lead out. The smallest such sum with this cell in it is as large as the number of ways from
    // its row to its column (max-flow, min-cut): a hidden cell can be passed as often as it has installations, and backwards
    // always. Ten ways are enough.
    private HashSet<int>? FindSmallSum(PairEdge cell)
    {
        _cells.ForEach(c => c.Ways = 0);
        for (int ways = 0; ways < ServerLimits.LeastPublished; ways++)
        {
            if (FindWay(cell) is { } reached)
            {
                return reached;
            }
        }

        return null;
    }

    /// <returns>What can be reached where that is not the column.</returns>
    private HashSet<int>? FindWay(PairEdge cell)
    {
        Dictionary<int, PairEdge?> cameBy = new() { [cell.Row] = null };
        Queue<int> next = new([cell.Row]);
        while (next.TryDequeue(out int place))
        {
            foreach (PairEdge edge in _at[place].Where(edge => edge.IsHidden))
            {
                bool isForward = edge.Row == place;
                int other = isForward ? edge.Column : edge.Row;
                if ((!isForward || edge.Ways < edge.Cell.Installs) && cameBy.TryAdd(other, edge))
                {
                    next.Enqueue(other);
                }
            }
        }

        if (!cameBy.ContainsKey(cell.Column))
        {
            return [.. cameBy.Keys];
        }

        for (int place = cell.Column; cameBy[place] is { } edge;)
        {
            bool isForward = edge.Column == place;
            edge.Ways += isForward ? 1 : -1;
            place = isForward ? edge.Row : edge.Column;
        }

        return null;
    }
}
