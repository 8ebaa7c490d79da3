using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What is set aside, in words.</summary>
internal static class QuarantineText
{
    public static string Of(Quarantine quarantine) =>
        $"{Figures.Time(quarantine.Since)} to {Figures.Time(quarantine.Until)}, "
        + (quarantine.IsOfAField ? $"{quarantine.Field} is or has {quarantine.Value}" : "all reports");
}
