namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The column of the id or of a field with one value.</summary>
/// <param name="Name">The column, unquoted.</param>
/// <param name="Slot">The slot of the value in a report.</param>
/// <param name="IsNumber">Whether the value is a whole number rather than text.</param>
internal sealed record ReportColumn(string Name, int Slot, bool IsNumber)
{
    public string Declaration => $"{SqliteNames.Quote(Name)} {(IsNumber ? "INTEGER" : "TEXT")}";
}
