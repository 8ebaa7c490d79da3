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
    /// <param name="hour">
    /// The installation's own hour of the week: with an id that rotates, the next is due there in the next period; null in a
    /// short program, which has none.
    /// </param>
    public DateTimeOffset After(DateTimeOffset at, int? hour) => Identity.Kind == IdentityKind.Rotating
        ? PlaceIn(ReportPeriod.EndOf(Identity.Rotates, at), hour)
        : Later(at, Between + ClientLimits.DueMargin);

    /// <summary>When a report is due after a run; null where nothing was tried.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="now">When.</param>
    /// <param name="hour">The installation's own hour; null in a short program, which tries again in its next run.</param>
    public DateTimeOffset? After(ReportOutcome outcome, DateTimeOffset now, int? hour)
    {
        DateTimeOffset earliest = Later(now, ClientLimits.AfterFailure);
        return outcome switch
        {
            ReportOutcome.Sent => After(now, hour),
            ReportOutcome.Declined or ReportOutcome.SwitchedOff => null,

            // By the server's clock; if that and ours differ by years, this must not become an endless chain.
            ReportOutcome.NotAccepted { Result: DeliveryResult.AlreadyReported already } => Latest(earliest, Again(already, hour)),

            // As it is it will not be accepted the next time either.
            ReportOutcome.NotAccepted { Result: DeliveryResult.Rejected or DeliveryResult.Unauthorized } =>
                Latest(earliest, After(now, hour)),
            ReportOutcome.NotAccepted { Result: DeliveryResult.Unreachable { RetryAfter: { } asked } } =>
                Latest(hour is null ? now : earliest, Later(now, asked < ClientLimits.LongestRetryAfter ? asked : ClientLimits.LongestRetryAfter)),
            ReportOutcome.NotAccepted when hour is null => null,
            _ => earliest,
        };
    }

    private DateTimeOffset Again(DeliveryResult.AlreadyReported already, int? hour) => Identity.Kind == IdentityKind.Rotating
        ? PlaceIn(already.AgainAt, hour)
        : Later(already.AgainAt, ClientLimits.DueMargin);

    // A month begins on any day of the week.
    private static DateTimeOffset PlaceIn(DateTimeOffset period, int? hour) => Later(
        period, hour is { } own ? TimeSpan.FromHours((own - HourOf(period) + Hours) % Hours) : ClientLimits.DueMargin);

    private static int HourOf(DateTimeOffset time) => (((int)time.UtcDateTime.DayOfWeek + 6) % 7 * 24) + time.UtcDateTime.Hour;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // The calendar ends.
    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) =>
        time > DateTimeOffset.MaxValue - by ? DateTimeOffset.MaxValue : time + by;
}
