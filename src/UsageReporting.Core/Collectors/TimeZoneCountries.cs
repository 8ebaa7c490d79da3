namespace UsageReporting.Core.Collectors;

/// <summary>
/// Which country a time zone is of, for those that are of one: a table that is made from the time zone database, a line for
/// each country.
/// </summary>
internal static class TimeZoneCountries
{
    private const string Resource = "UsageReporting.TimeZoneCountries.txt";

    /// <summary>The country's two letters (ISO 3166-1); null where the zone is of none, of several, or not known.</summary>
    /// <param name="zone">The zone's name, such as <c>Europe/Berlin</c>.</param>
    public static string? Find(string zone)
    {
        // Read through once for a report: a dictionary of it would stay in memory for nothing.
        using StreamReader table = new(typeof(TimeZoneCountries).Assembly.GetManifestResourceStream(Resource)!);
        while (table.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words.AsSpan(1).Contains(zone))
            {
                return words[0];
            }
        }

        return null;
    }
}
