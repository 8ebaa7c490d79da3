namespace UsageReporting;

/// <summary>A person's own report beside the published numbers of all that report, or why there is none. A closed list.</summary>
public abstract record UsageComparison
{
    private UsageComparison()
    {
    }

    /// <summary>There is no report that would be sent, so that nobody was asked for numbers.</summary>
    /// <param name="Outcome">Why not.</param>
    public sealed record NotAsked(ReportOutcome Outcome) : UsageComparison;

    /// <summary>No endpoint of this application publishes numbers.</summary>
    public sealed record NobodyPublishes : UsageComparison;

    /// <summary>The address did not answer, or not with this product's numbers.</summary>
    /// <param name="Address">The address that was asked.</param>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Unreachable(string Address, string Reason) : UsageComparison;

    /// <summary>Nothing is published yet, because too few have reported.</summary>
    /// <param name="Address">The address that was asked.</param>
    public sealed record NothingYet(string Address) : UsageComparison;

    /// <summary>Both are there.</summary>
    /// <param name="Address">The address that they were fetched from.</param>
    /// <param name="Window">The ISO week or month of the numbers, such as <c>2026-W47</c> or <c>2026-10</c>.</param>
    /// <param name="Made">When the numbers were made.</param>
    /// <param name="Installs">How many installations reported then.</param>
    /// <param name="Values">The values of the report that would be sent next, in the schema's order.</param>
    public sealed record Compared(
        string Address, string Window, DateTimeOffset Made, long Installs, IReadOnlyList<ComparedValue> Values) : UsageComparison
    {
        /// <summary>Whether newer ones should be there by now, as a month's are made when the month is over.</summary>
        public bool IsOld { get; init; }
    }
}
