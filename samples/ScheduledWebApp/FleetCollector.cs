using UsageReporting;

namespace ScheduledWebApp;

/// <summary>How many printers there are, and of which make. Never what they are called, and never where they are.</summary>
internal sealed class FleetCollector(PrinterFleet fleet) : IUsageCollector, IDeclareUsageFields
{
    private static readonly CountField Printers = UsageField.Count(
        "printer_fleet.printer_count", "Printers", "How many printers are managed.", 0, 1_000);

    private static readonly SetField Types = UsageField.Set(
        "printer_fleet.printer_types", "Printer types", "Which makes of printers to support.", FleetUsage.Types);

    private static readonly CountsField ByType = UsageField.Counts(
        "printer_fleet.printer_type_counts", "Printers by type", "How many printers there are of each make.",
        FleetUsage.Types, 0, 1_000);

    public static IReadOnlyList<UsageField> Fields => [Printers, Types, ByType];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        Dictionary<string, long> byType = fleet.Printers.CountBy(printer => printer.Type)
            .ToDictionary(type => type.Key, type => (long)type.Value);
        values.Set(Printers, byType.Values.Sum());
        values.Set(Types, byType.Keys);
        values.Set(ByType, byType);
        return ValueTask.CompletedTask;
    }
}
