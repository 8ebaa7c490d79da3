namespace UsageReporting.Server.Rollups;

/// <summary>Fields that say how a report is counted rather than something about its installation; reserved in every schema.</summary>
internal static class BookkeepingFields
{
    public const string Period = "period";

    public const string FirstReport = "first_report";

    public const string FirstEver = "first_ever";

    private static readonly HashSet<string> NeverCounted = new(StringComparer.Ordinal)
    {
        "uuid", Period, "nonce", "first_in_week", "first_in_month", "erasure_key",
    };

    public static string FirstIn(WindowKind kind) => kind == WindowKind.Week ? "first_in_week" : "first_in_month";

    /// <summary>Whether installations are counted by the field's values.</summary>
    public static bool IsCounted(UsageField field) => !NeverCounted.Contains(field.Name);

    /// <summary>The flag by which a product whose ids do not stay knows new installations, if it has one.</summary>
    public static string? NewFlag(ReportSchema schema) =>
        schema.Find(FirstEver) is not null ? FirstEver : schema.Find(FirstReport) is not null ? FirstReport : null;
}
