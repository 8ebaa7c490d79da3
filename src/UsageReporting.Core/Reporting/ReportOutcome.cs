namespace UsageReporting;

/// <summary>
/// What became of a report, from deciding to the answer. A closed list; none of them is an error of the host.
/// <see cref="UsageReporter.Describe"/> has the words for each.
/// </summary>
public abstract record ReportOutcome
{
    private ReportOutcome()
    {
    }

    /// <summary>Every sink accepted it.</summary>
    public sealed record Sent : ReportOutcome
    {
        /// <summary>Whether all have said so; false where one has only said that something came.</summary>
        public bool IsConfirmed { get; init; } = true;
    }

    /// <summary>The person said no, or nobody could be asked.</summary>
    public sealed record Declined : ReportOutcome;

    /// <summary>A switch says that nothing may be reported; nobody was asked.</summary>
    /// <param name="Because">Which one, in words.</param>
    public sealed record SwitchedOff(string Because) : ReportOutcome;

    /// <summary>A required field has no value.</summary>
    /// <param name="Label">What people call it.</param>
    public sealed record Incomplete(string Label) : ReportOutcome;

    /// <summary>There is no place for what must be kept before anything is sent.</summary>
    /// <param name="Place">The folder, or what else the host has, that could not be written to.</param>
    public sealed record NoPlace(string Place) : ReportOutcome;

    /// <summary>It was sent, or tried; at least one sink did not accept it.</summary>
    /// <param name="Result">What that sink made of it.</param>
    public sealed record NotAccepted(DeliveryResult Result) : ReportOutcome
    {
        /// <summary>Whether another sink accepted it just now.</summary>
        public bool IsSentElsewhere { get; init; }
    }
}
