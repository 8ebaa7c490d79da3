namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The column of the id or of a field with one value.</summary>
/// <param name="Name">The column, unquoted.</param>
/// <param name="Slot">The slot of the value in a report.</param>
/// <param name="Type">The type that SQL knows it by.</param>
internal sealed record ReportColumn(string Name, int Slot, string Type)
{
    public string Declaration => $"{SqliteNames.Quote(Name)} {Type}";
}
