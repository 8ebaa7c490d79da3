namespace UsageReporting.Core.Delivery;

/// <summary>A report that a person agreed to, as exactly the bytes that they saw, until each sink has answered.</summary>
/// <param name="Report">The report's JSON, as text so that a person can read the file.</param>
/// <param name="At">When it was agreed to.</param>
/// <param name="Begun">The destinations to which an attempt was begun that was never answered.</param>
/// <param name="Done">The destinations that gave a final answer.</param>
internal sealed record FrozenReport(
    string Report, DateTimeOffset At, IReadOnlyList<string> Begun, IReadOnlyList<string> Done)
{
    /// <summary>Whether it is the same report, however far either came.</summary>
    public bool IsSameAs(FrozenReport other) => (Report, At) == (other.Report, other.At);

    public FrozenReport WithBegun(string destination) => this with { Begun = [.. Begun, destination] };

    public FrozenReport WithDone(string destination) =>
        this with { Begun = [.. Begun.Where(begun => begun != destination)], Done = [.. Done, destination] };
}
