using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Sql;

/// <summary>
/// What tables and columns are called. A product's name has no underscores and two fields never differ by dots and
/// underscores alone, so that different names stay different.
/// </summary>
internal static class SqlNames
{
    public static string Table(string product) => Quote($"reports_{product.Replace('-', '_')}");

    /// <summary>What a kind of window is called in rows.</summary>
    public static string Interval(WindowKind kind) => kind == WindowKind.Week ? "week" : "month";

    /// <summary>The column, unquoted.</summary>
    public static string Column(string field) => field.Replace('.', '_');

    /// <summary>Quoted, as a field may be called like a word of SQL: <c>commit</c> is one.</summary>
    public static string Quote(string name) => $"\"{name}\"";
}
