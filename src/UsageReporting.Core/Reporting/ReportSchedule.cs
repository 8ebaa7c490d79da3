namespace UsageReporting.Core.Reporting;

/// <summary>When a report is due: pure.</summary>
/// <param name="Interval">How long after one report the application wants the next.</param>
/// <param name="Window">How long after one report the server refuses another.</param>
/// <param name="Identity">With an id that rotates, there is one report in each period.</param>
internal sealed record ReportSchedule(TimeSpan Interval, TimeSpan Window, ReportIdentity Identity)
{
    /// <summary>Hours of a week: the installation's own is one of them, so that not all come at the same time.</summary>
    public const int Hours = 7 * 24;

    private TimeSpan Between => Interval > Window ? Interval : Window;

    /// <summary>When the first report is due: at the next beginning of the installation's own hour.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hour">The hour, counted from Monday, 00:00 UTC.</param>
    public static DateTimeOffset First(DateTimeOffset now, int hour)
    {
        DateTimeOffset thisHour = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(now.UtcDateTime.Hour);
        return Later(thisHour, TimeSpan.FromHours(1 + ((hour - HourOf(now) - 1 + (2 * Hours)) % Hours)));
    }

    /// <summary>When a report is due after one that was accepted.</summary>
    /// <param name="at">When it was.</param>
    /// <param name="due">
    /// When it was due: with an id that rotates, the next has that place in the next period; null in a short program, which
    /// has no hour of its own.
    /// </param>
    public DateTimeOffset After(DateTimeOffset at, DateTimeOffset? due) => Identity.Kind == IdentityKind.Rotating
        ? Later(ReportPeriod.EndOf(Identity.Rotates, at), PlaceOf(due))
        : Later(at, Between + ClientLimits.DueMargin);

    /// <summary>When a report is due after a run; null where nothing was tried.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="now">When.</param>
    /// <param name="due">When it was due; null in a short program, which tries again in its next run.</param>
    public DateTimeOffset? After(ReportOutcome outcome, DateTimeOffset now, DateTimeOffset? due)
    {
        DateTimeOffset earliest = Later(now, ClientLimits.AfterFailure);
        return outcome switch
        {
            ReportOutcome.Sent => After(now, due),
            ReportOutcome.Declined or ReportOutcome.SwitchedOff => null,

            // By the server's clock; if that and ours differ by years, this must not become an endless chain.
            ReportOutcome.NotAccepted { Result: DeliveryResult.AlreadyReported already } => Latest(earliest, Again(already, due)),

            // As it is it will not be accepted the next time either.
            ReportOutcome.NotAccepted { Result: DeliveryResult.Rejected or DeliveryResult.Unauthorized } =>
                Latest(earliest, After(now, due)),
            ReportOutcome.NotAccepted { Result: DeliveryResult.Unreachable { RetryAfter: { } asked } } =>
                Latest(due is null ? now : earliest, Later(now, asked < ClientLimits.LongestRetryAfter ? asked : ClientLimits.LongestRetryAfter)),
            ReportOutcome.NotAccepted when due is null => null,
            _ => earliest,
        };
    }

    private DateTimeOffset Again(DeliveryResult.AlreadyReported already, DateTimeOffset? due) =>
        Later(already.AgainAt, Identity.Kind == IdentityKind.Rotating ? PlaceOf(due) : ClientLimits.DueMargin);

    private static TimeSpan PlaceOf(DateTimeOffset? due) =>
        due is { } time ? TimeSpan.FromHours(HourOf(time)) : ClientLimits.DueMargin;

    private static int HourOf(DateTimeOffset time) => (((int)time.UtcDateTime.DayOfWeek + 6) % 7 * 24) + time.UtcDateTime.Hour;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // The calendar ends.
    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) =>
        time > DateTimeOffset.MaxValue - by ? DateTimeOffset.MaxValue : time + by;
}
