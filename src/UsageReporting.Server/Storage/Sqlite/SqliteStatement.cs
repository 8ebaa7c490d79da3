using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// A statement that is prepared once and run for every report. It binds UTF-8 as it stands in the report: a
/// <see cref="SqliteCommand"/> would make a string, a box and a binder of every value of every report.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Binds a text; parameters are counted from 1.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> utf8Text)
    {
        // An empty span has no address, which SQLite would take for NULL.
        Check(utf8Text.IsEmpty
            ? raw.sqlite3_bind_text(_statement, parameter, "")
            : raw.sqlite3_bind_text(_statement, parameter, utf8Text));
    }

    /// <summary>Binds a text that is a string already.</summary>
    public void Bind(int parameter, string text) => Check(raw.sqlite3_bind_text(_statement, parameter, text));

    public void Bind(int parameter, long number) => Check(raw.sqlite3_bind_int64(_statement, parameter, number));

    public void Bind(int parameter, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[StoredTime.Length];
        StoredTime.Write(time, text);
        Bind(parameter, text);
    }

    public void BindBytes(int parameter, ReadOnlySpan<byte> bytes) =>
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(_statement, parameter));

    /// <summary>Runs the statement as far as its first row, if it has one.</summary>
    /// <returns>Whether there is a row, which can be read until <see cref="Reset"/>.</returns>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A text as it is stored, in UTF-8; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Makes it ready for the next run. An error of the last run was already thrown.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Runs a statement of which no row is wanted.</summary>
    /// <returns>Whether it had a row.</returns>
    public bool Run()
    {
        try
        {
            return Step();
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
