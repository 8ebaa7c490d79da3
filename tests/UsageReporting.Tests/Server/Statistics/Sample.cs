using UsageReporting.Server.Rollups;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>Installations of one product.</summary>
internal sealed record Sample(ReportSchema Schema, StoredReport[] Reports)
{
    public Rollup RollUp(UsageWindow window) => TestStored.RollUp(Schema, window, Reports);

    /// <summary>Those that are counted in a window.</summary>
    public StoredReport[] CountedIn(WindowKind kind) => [.. Reports.Where(report => !report.IsHeld && Counts(report, kind))];

    /// <summary>Those that are not believed yet.</summary>
    public int HeldIn(WindowKind kind) => Reports.Count(report => report.IsHeld && Counts(report, kind));

    public int PlaceOf(string field) => Schema.Fields.ToList().FindIndex(f => f.Name == field);

    private bool Counts(StoredReport report, WindowKind kind) => (Schema.Header.Identity.Kind, kind) switch
    {
        (IdentityKind.Stable, _) or (IdentityKind.Rotating, WindowKind.Week) => true,
        (_, WindowKind.Week) => report.Text(PlaceOf("first_in_week")) == StoredReport.Yes,
        _ => report.Text(PlaceOf("first_in_month")) == StoredReport.Yes,
    };
}
