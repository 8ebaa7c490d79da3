using System.Security.Cryptography;
using System.Text;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>The statements that make a product's table, and the one that fills it.</summary>
internal static class PostgreSqlTableSql
{
    // What is longer PostgreSQL cuts.
    private const int LongestName = 63;

    private const int HashDigits = 16;

    // Where reports have an id it is in the only key that must be unique, so that the table can be distributed by it, and by
    // which an installation's reports are found. By the number reports are counted and deleted.
    public static string Create(ReportTable table)
    {
        string columns = string.Concat(table.Columns.Select(column => $", {Declaration(column)}"));
        string key = table.Id is { Name: var id } ? $"UNIQUE ({SqlNames.Quote(id)}, id)" : "UNIQUE (id)";
        string create = $"""
            CREATE TABLE {table.Name} (id BIGINT NOT NULL, received TEXT COLLATE "C" NOT NULL{columns},
                {ReportTable.FirstSeen} TEXT COLLATE "C", {ReportTable.Held} BIGINT, {key})
            """;
        return table.Id is null
            ? create
            : $"{create}; CREATE INDEX {SqlNames.Quote(IndexOf(table))} ON {table.Name} (id)";
    }

    public static string AddColumn(ReportTable table, ReportColumn column) => $"ALTER TABLE {table.Name} ADD COLUMN {Declaration(column)}";

    /// <summary>Inserts reports of one second: the time, and then an array for each of the other columns.</summary>
    public static string Insert(ReportTable table)
    {
        string columns = string.Concat(table.Columns.Select(column => $", {SqlNames.Quote(column.Name)}"));
        string arrays = string.Concat(table.Columns.Select((_, i) => FormattableString.Invariant($", ${i + 5}")));
        return $"""
            INSERT INTO {table.Name} (received, id, {ReportTable.FirstSeen}, {ReportTable.Held}{columns})
            SELECT $1, r.* FROM unnest($2, $3, $4{arrays}) AS r
            """;
    }

    /// <summary>The condition for the reports of an installation whose id is a parameter.</summary>
    public static string IsOf(ReportTable table, string parameter) => $"{SqlNames.Quote(table.Id!.Name)} = {parameter}";

    // Two long names that begin alike have two indexes.
    private static string IndexOf(ReportTable table)
    {
        string name = $"ix_{table.Name.Trim('"')}_id";
        return name.Length <= LongestName
            ? name
            : $"{name[..(LongestName - HashDigits - 1)]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(name)))[..HashDigits]}";
    }

    private static string Declaration(ReportColumn column) =>
        $"{SqlNames.Quote(column.Name)} {(column.Form == StoredForm.Integer ? "BIGINT" : "TEXT COLLATE \"C\"")}";
}
