namespace UsageReporting.Server.Storage;

/// <summary>One report as it is stored.</summary>
/// <param name="Received">When it came.</param>
/// <param name="Columns">The columns that hold something, by name: texts and whole numbers.</param>
/// <param name="Entries">The entries of sets, counts and versions: field, word and, but for a set, what it is worth.</param>
internal sealed record StoredColumns(
    string Received,
    IReadOnlyList<KeyValuePair<string, object>> Columns,
    IReadOnlyList<(string Field, string Key, object? Value)> Entries);
