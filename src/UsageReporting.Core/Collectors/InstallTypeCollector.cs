using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>
/// How the application was installed: what its packager says, else the first sign that is found. A sign whose word the
/// field does not know is not looked for.
/// </summary>
internal sealed class InstallTypeCollector(IMachine machine, WordField field) : IUsageCollector
{
    public const string OverrideFile = "install_type";

    /// <summary>The field: the nine words that are always there, and those that the product knows beside them.</summary>
    public static WordField FieldFor(IEnumerable<string> furtherWords) =>
        UsageField.Word(
            "install_type",
            "Install type",
            "How it was installed, so that the packages people use are looked after.",
            [.. InstallTypeTable.Rows.Select(row => row.Word).Except(InstallTypes.DotNet), .. furtherWords])
        with { Required = true };

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(field, WordIn(OverrideFile) ?? Detect());
        return ValueTask.CompletedTask;
    }

    private string Detect()
    {
        string word = InstallTypeTable.Rows.First(row => field.Words.Find(row.Word) is not null && row.Shows(machine)).Word;
        return word == InstallTypeTable.Distribution ? WordIn(InstallTypeTable.DistributionFile) ?? word : word;
    }

    // Anything but one known word counts for nothing: a packager's mistake must neither be sent nor stop the report.
    private string? WordIn(string file) =>
        field.Words.Find(machine.FileText(InstallTypeTable.Beside(machine, file))?.TrimStart('\uFEFF').Trim());
}
