namespace UsageReporting.Server.Rollups;

/// <summary>
/// How installations of one product are counted in windows of one kind. Exact, or not at all: ids that last a week cannot
/// be counted in a month, unless the reports say which of them is the first there.
/// </summary>
internal sealed class CountingRule
{
    private readonly CountedBy _by;

    private readonly int _ephemeral;

    private CountingRule(ReportSchema schema, CountedBy by, int field = -1)
    {
        _by = by;
        Field = field;
        _ephemeral = PlaceOf(schema, IdentityFields.EphemeralName);
    }

    /// <summary>The place of the period or of the flag by which is counted; negative where it is neither.</summary>
    public int Field { get; }

    /// <summary>Whether anything can be said of such windows.</summary>
    public bool Counts => _by != CountedBy.Nothing;

    /// <summary>Whether a report stands for its id, which may come several times, or for an installation by itself.</summary>
    public bool IsById => _by is CountedBy.Id or CountedBy.Period;

    /// <summary>Whether a report counts in the window that it names, whenever it came.</summary>
    public bool IsByPeriod => _by == CountedBy.Period;

    public static CountingRule Of(ReportSchema schema, WindowKind kind)
    {
        ReportIdentity identity = schema.Header.Identity;
        RotationPeriod lasts = kind == WindowKind.Week ? RotationPeriod.Week : RotationPeriod.Month;
        if (identity.Kind == IdentityKind.Stable)
        {
            return new CountingRule(schema, CountedBy.Id);
        }

        if (identity.Kind == IdentityKind.Rotating && identity.Rotates == lasts)
        {
            int period = PlaceOf(schema, IdentityFields.PeriodName);
            return new CountingRule(schema, period < 0 ? CountedBy.Id : CountedBy.Period, period);
        }

        int first = PlaceOf(schema, BookkeepingFields.FirstIn(kind));
        return first < 0 ? new CountingRule(schema, CountedBy.Nothing) : new CountingRule(schema, CountedBy.Flag, first);
    }

    /// <summary>Whether no report can come any more that counts in a window.</summary>
    public bool IsOver(UsageWindow window, DateTimeOffset now) =>
        window.IsClosedAt(IsByPeriod ? now - ServerLimits.PeriodEdge : now);

    /// <summary>
    /// Whether a report takes part in a window. One without an id, of an installation that does not last, cannot be told
    /// from others of its kind where installations are counted by id.
    /// </summary>
    public bool IsIn(UsageWindow window, StoredReport report) => _by switch
    {
        CountedBy.Id => report.Id is not null && window.Contains(report.Received),
        CountedBy.Period => report.Id is not null && NamedBy(report.Text(Field), window.Kind, report.Received) == window,
        CountedBy.Flag =>
            report.Text(Field) == StoredReport.Yes && !IsEphemeral(report) && window.Contains(report.Received),
        _ => false,
    };

    /// <summary>Whether a report came in a window from where nothing lasts.</summary>
    public bool IsEphemeralIn(UsageWindow window, StoredReport report) =>
        IsEphemeral(report) && window.Contains(report.Received);

    /// <summary>
    /// The window that a period names, if it can be true: a client composes a report in one window and sends it in the next,
    /// or its clock is a little wrong. Others would let anybody write into windows that are long closed.
    /// </summary>
    public static UsageWindow? NamedBy(string? period, WindowKind kind, DateTimeOffset received) =>
        UsageWindow.TryParse(period, out UsageWindow named) && named.Kind == kind
        && named.IsBeside(UsageWindow.Of(kind, received))
            ? named
            : null;

    private bool IsEphemeral(StoredReport report) => _ephemeral >= 0 && report.Text(_ephemeral) == StoredReport.Yes;

    private static int PlaceOf(ReportSchema schema, string name) =>
        schema.Find(name) is { } field ? schema.Fields.ToList().IndexOf(field) : -1;

    private enum CountedBy
    {
        /// <summary>Distinct ids among the reports that came in the window.</summary>
        Id,

        /// <summary>Distinct ids among the reports that name the window.</summary>
        Period,

        /// <summary>Reports that say that they are their installation's first in the window.</summary>
        Flag,

        Nothing,
    }
}
