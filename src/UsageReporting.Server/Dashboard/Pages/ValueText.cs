using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>Values as people read them.</summary>
internal static class ValueText
{
    public static string Of(UsageField? field, string value) => (field, value) switch
    {
        (_, Folding.Other) => DashboardTexts.Text("ValueOther"),
        (_, FieldRollup.NotReported) => DashboardTexts.Text("ValueNotReported"),
        (FlagField, StoredReport.Yes) => DashboardTexts.Text("ValueYes"),
        (FlagField, StoredReport.No) => DashboardTexts.Text("ValueNo"),
        (BucketField, _) => value.Replace('-', '–'),
        _ => value,
    };

    /// <summary>Whether it is no value of the field: what is folded, or was left out.</summary>
    public static bool IsRest(string value) => value is Folding.Other or FieldRollup.NotReported;
}
