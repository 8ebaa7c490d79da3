namespace UsageReporting.Server.Statistics;

/// <summary>How many installations can be told from all others by two or three of their values.</summary>
/// <param name="Installs">How many were looked at: the newest report of each.</param>
/// <param name="IsAll">Whether those are all of which reports are kept.</param>
/// <param name="Fields">The fields that were looked at; of many, those with the most values.</param>
/// <param name="Unique">Installations that are alone in some two or three fields.</param>
/// <param name="Sets">The two or three fields in which most are, the worst first.</param>
/// <param name="LeftWithout">Of each field, how many would still be alone if nothing was told of it; the best to coarsen first.</param>
internal sealed record Uniqueness(
    int Installs,
    bool IsAll,
    IReadOnlyList<string> Fields,
    int Unique,
    IReadOnlyList<FieldSet> Sets,
    IReadOnlyList<(string Field, int Unique)> LeftWithout);
