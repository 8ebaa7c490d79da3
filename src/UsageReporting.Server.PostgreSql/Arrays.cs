using Npgsql;
using NpgsqlTypes;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Statements whose rows come as one array for each column: one statement writes any number of them.</summary>
internal static class Arrays
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        // Constants, and names from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
        NpgsqlBatchCommand command = new(sql);
#pragma warning restore CA2100
        foreach (NpgsqlParameter parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static NpgsqlParameter Of(string text) => new NpgsqlParameter<string>
    {
        NpgsqlDbType = NpgsqlDbType.Text, TypedValue = text,
    };

    public static NpgsqlParameter Of(long number) => new NpgsqlParameter<long>
    {
        NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = number,
    };

    public static NpgsqlParameter Of<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, string?> column) => Of(NpgsqlDbType.Text, rows, column);

    public static NpgsqlParameter Of<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, long?> column) => Of(NpgsqlDbType.Bigint, rows, column);

    public static NpgsqlParameter Of<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, byte[]> column) => Of(NpgsqlDbType.Bytea, rows, column);

    private static NpgsqlParameter<TValue[]> Of<TRow, TValue>(NpgsqlDbType type, IReadOnlyCollection<TRow> rows, Func<TRow, TValue> column)
    {
        TValue[] values = new TValue[rows.Count];
        int i = 0;
        foreach (TRow row in rows)
        {
            values[i++] = column(row);
        }

        return new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    }
}
