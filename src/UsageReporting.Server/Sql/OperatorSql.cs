using System.Data.Common;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Sql;

/// <summary>What an operator sets aside and hides, in SQL that every engine understands.</summary>
internal static class OperatorSql
{
    public static async Task<IReadOnlyList<Quarantine>> ReadQuarantinesAsync(DbConnection connection, Product product) => await SqlRows.ReadAsync(
        connection,
        "SELECT id, since, until, field, value, made FROM quarantines WHERE product = @1 ORDER BY made, id",
        [product.Name],
        row => new Quarantine(
            row.GetString(0), Time(row.GetString(1)), Time(row.GetString(2)), row.GetString(3), row.GetString(4), Time(row.GetString(5))));

    /// <summary>The fields that are on no public page.</summary>
    public static async Task<IReadOnlySet<string>> ReadHiddenAsync(DbConnection connection, Product product) => (await SqlRows.ReadAsync(
        connection, "SELECT field FROM hidden_fields WHERE product = @1", [product.Name], row => row.GetString(0))).ToHashSet(StringComparer.Ordinal);

    /// <summary>Sets reports aside, and lets the numbers of their windows be made again.</summary>
    public static IReadOnlyList<SqlStatement> Add(Product product, Quarantine quarantine) =>
    [
        new SqlStatement(
            "INSERT INTO quarantines (product, id, since, until, field, value, made) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            product.Name,
            quarantine.Id,
            DateField.Write(quarantine.Since),
            DateField.Write(quarantine.Until),
            quarantine.Field,
            quarantine.Value,
            DateField.Write(quarantine.Made)),
        Touch(product, quarantine),
    ];

    /// <summary>Lets them count again.</summary>
    public static IReadOnlyList<SqlStatement> Lift(Product product, Quarantine quarantine) =>
    [
        new SqlStatement("DELETE FROM quarantines WHERE product = $1 AND id = $2", product.Name, quarantine.Id),
        Touch(product, quarantine),
    ];

    /// <summary>Takes a field off every public page, or puts it back.</summary>
    public static IReadOnlyList<SqlStatement> Hide(Product product, string field, bool isHidden) =>
    [
        new SqlStatement("DELETE FROM hidden_fields WHERE product = $1 AND field = $2", product.Name, field),
        .. isHidden ? [new SqlStatement("INSERT INTO hidden_fields (product, field) VALUES ($1, $2)", product.Name, field)] : Array.Empty<SqlStatement>(),
    ];

    // As if a report of each day had gone. A report counts in the window that it names, if that is beside the one in which it came.
    private static SqlStatement Touch(Product product, Quarantine quarantine)
    {
        (DateOnly first, DateOnly last) = (Day(quarantine.Since), Day(quarantine.Until));
        return new SqlStatement(
            """
            UPDATE report_spans SET went = went + 1 WHERE product = $1 AND (
                (length(span) = length($2) AND span BETWEEN $2 AND $3)
                OR (length(span) = length($4) AND span BETWEEN $4 AND $5)
                OR (length(span) = length($6) AND span BETWEEN $6 AND $7))
            """,
            [
                product.Name, RollupSchedule.NameOf(first), RollupSchedule.NameOf(last),
                .. Enum.GetValues<WindowKind>().SelectMany(kind => new[]
                {
                    UsageWindow.Of(kind, first).Previous.ToString(), UsageWindow.Of(kind, last).Next.ToString(),
                }),
            ]);
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static DateTimeOffset Time(string text) =>
        DateField.TryRead(text, out DateTimeOffset time) ? time : throw new InvalidOperationException($"\"{text}\" is no time.");
}
