using UsageReporting;

namespace ScheduledWebApp;

/// <summary>What is counted from one report to the next. Sums only: never what was printed, and never when.</summary>
internal static class FleetUsage
{
    public static readonly Vocabulary Types = ["bambu_lab", "prusa_core", "prusa_mk4", "octoprint", "klipper", "other"];

    public static readonly CountField Jobs = Count("usage_stats.job_count", "Print jobs", "How many jobs were printed.");

    public static readonly CountField Files = Count(
        "usage_stats.file_count", "Files", "How many files were fetched from printers.");

    public static readonly CountField Uploads = Count(
        "usage_stats.upload_count", "Uploads", "How many files were sent to printers.");

    // Whole hours that were measured; what is left over when the application ends is not made up.
    public static readonly CountField Hours = UsageField.Count(
        "usage_stats.uptime_hours", "Hours running", "How many hours the application ran.", 0, 8_784);

    public static readonly CountsField Errors = UsageField.Counts(
        "error_summary", "Errors", "How often which kind of error happened, to know what to fix first.",
        [AllErrors, ConnectionErrors, "download_errors", "upload_errors"], 0, 1_000_000);

    public const string AllErrors = "total_errors";
    public const string ConnectionErrors = "connection_errors";

    private static CountField Count(string name, string label, string purpose) =>
        UsageField.Count(name, label, purpose, 0, 1_000_000);
}
