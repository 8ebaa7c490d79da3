namespace UsageReporting.Server.Sql;

/// <summary>The column of the id or of a field with one value.</summary>
/// <param name="Name">The column, unquoted.</param>
/// <param name="Slot">The slot of the value in a report.</param>
/// <param name="Form">The form of its values, text or whole number.</param>
internal sealed record ReportColumn(string Name, int Slot, string Form);
