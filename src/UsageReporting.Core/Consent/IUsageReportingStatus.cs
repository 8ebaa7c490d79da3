namespace UsageReporting;

/// <summary>
/// How reporting stands, for an indicator that is always in view. It follows the engine: whenever that decides otherwise than
/// before, because somebody chose, a switch was set or a time is over, this changes with it.
/// </summary>
/// <remarks>
/// The engine decides when somebody chooses, before a report, and when it is asked with
/// <see cref="UsageReporter.GetStatusAsync"/>. An application that shows an indicator for hours asks now and then.
/// </remarks>
public interface IUsageReportingStatus
{
    /// <summary>The latest decision; null before the first of this process.</summary>
    ConsentDecision? Decision { get; }

    /// <summary>A few words, such as <c>usage reporting: on, basic</c>.</summary>
    string Text { get; }

    /// <summary>The decision has changed. Raised on any thread.</summary>
    event EventHandler? Changed;
}
