namespace UsageReporting.Server.Sql;

/// <summary>
/// How the values of a kind are stored: in a column, under its SQL type, or as entries of the side table. Kinds of one
/// form may follow each other in a field; one column of numbers and texts would be neither to whoever reads it.
/// </summary>
internal static class StoredForm
{
    public const string Text = "TEXT";

    public const string Integer = "INTEGER";

    public static string Of(UsageFieldKind kind) => kind switch
    {
        UsageFieldKind.Flag or UsageFieldKind.Count => Integer,
        UsageFieldKind.Set => "SET",
        UsageFieldKind.Counts => "COUNTS",
        UsageFieldKind.Versions => "VERSIONS",
        _ => Text,
    };

    public static bool IsColumn(string form) => form is Text or Integer;
}
