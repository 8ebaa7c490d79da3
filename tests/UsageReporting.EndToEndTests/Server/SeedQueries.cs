namespace UsageReporting.EndToEndTests.Server;

/// <summary>Document 000's five queries as they are printed there, but for the quoted reserved word.</summary>
internal static class SeedQueries
{
    /// <summary>Each with the rows that three reports make, two of them of the beta.</summary>
    public static IReadOnlyList<(string Sql, string[] Rows)> All { get; } =
    [
        ("SELECT COUNT(DISTINCT uuid)\nFROM reports\nWHERE channel = 'beta';", ["2"]),
        ("SELECT \"commit\", COUNT(DISTINCT uuid) AS installs\nFROM reports\nWHERE channel = 'beta'\nGROUP BY \"commit\"\nORDER BY installs DESC;", ["bd86dca57|2"]),
        ("SELECT arch, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY arch\nORDER BY installs DESC;", ["x86_64|3"]),
        ("SELECT install_type, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY install_type\nORDER BY installs DESC;", ["docker|3"]),
        ("SELECT database, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY database\nORDER BY installs DESC;", ["postgresql|3"]),
    ];
}
