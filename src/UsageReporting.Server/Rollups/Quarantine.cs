namespace UsageReporting.Server.Rollups;

/// <summary>
/// Reports that an operator has set aside: they stay stored, and can be given back and erased, but count nowhere.
/// </summary>
/// <param name="Id">By what it is lifted.</param>
/// <param name="Since">Those that came from this time on, UTC.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Field">The name of a field; empty where all reports of the time are meant.</param>
/// <param name="Value">What stands in that field, or among its words.</param>
/// <param name="Made">When it was made.</param>
internal sealed record Quarantine(
    string Id, DateTimeOffset Since, DateTimeOffset Until, string Field, string Value, DateTimeOffset Made)
{
    /// <summary>Whether it has reports of one value only.</summary>
    public bool IsOfAField => Field.Length > 0;
}
