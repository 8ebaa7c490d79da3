namespace UsageReporting.Server.Rollups;

/// <summary>Fields that say how a report is counted rather than something about its installation; reserved in every schema.</summary>
internal static class BookkeepingFields
{
    private static readonly HashSet<string> NeverCounted = new(StringComparer.Ordinal)
    {
        "uuid",
        IdentityFields.PeriodName,
        IdentityFields.NonceName,
        IdentityFields.FirstInWeekName,
        IdentityFields.FirstInMonthName,
        IdentityFields.ErasureKeyName,
    };

    public static string FirstIn(WindowKind kind) =>
        kind == WindowKind.Week ? IdentityFields.FirstInWeekName : IdentityFields.FirstInMonthName;

    /// <summary>Whether installations are counted by the field's values.</summary>
    public static bool IsCounted(UsageField field) => !NeverCounted.Contains(field.Name);

    /// <summary>The flag by which a product whose ids do not stay knows new installations, if it has one.</summary>
    public static string? NewFlag(ReportSchema schema) => new[] { IdentityFields.FirstEverName, IdentityFields.FirstReportName }
        .FirstOrDefault(name => schema.Find(name) is not null);
}
