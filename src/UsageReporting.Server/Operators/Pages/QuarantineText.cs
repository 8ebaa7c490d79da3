using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What is set aside, in words.</summary>
internal static class QuarantineText
{
    public static string Of(Quarantine quarantine) =>
        $"{Times(quarantine)}, {(quarantine.IsOfAField ? $"{quarantine.Field} is or has {quarantine.Value}" : "all reports")}";

    /// <summary>The same for a file that nobody erases from: without the value, which may be one installation's.</summary>
    public static string Noted(Quarantine quarantine) =>
        $"{quarantine.Id}, {Times(quarantine)}, {(quarantine.IsOfAField ? $"by {quarantine.Field}" : "all reports")}";

    private static string Times(Quarantine quarantine) =>
        $"{Figures.Time(quarantine.Since)} to {Figures.Time(quarantine.Until)}";
}
