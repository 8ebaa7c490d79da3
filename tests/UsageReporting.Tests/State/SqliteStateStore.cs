using Microsoft.Data.Sqlite;

namespace UsageReporting.Tests.State;

/// <summary>
/// What a host writes that keeps what must last in its own database. Each change is one statement, which decides who was
/// first.
/// </summary>
internal sealed class SqliteStateStore(string connectionString) : IUsageStateStore
{
    public string Place => "the application's database";

    public async ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (string?)await ExecuteAsync("SELECT text FROM usage_state WHERE name = $name", name, null, null, cancellationToken);

    public async ValueTask<bool> TryReplaceAsync(
        string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        string sql = (expected, text) switch
        {
            (null, null) => "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM usage_state WHERE name = $name)",
            (null, _) => "INSERT INTO usage_state (name, text) VALUES ($name, $text) ON CONFLICT DO NOTHING RETURNING 1",
            (_, null) => "DELETE FROM usage_state WHERE name = $name AND text = $expected RETURNING 1",
            _ => "UPDATE usage_state SET text = $text WHERE name = $name AND text = $expected RETURNING 1",
        };
        return await ExecuteAsync(sql, name, expected, text, cancellationToken) is not null;
    }

    private async Task<object?> ExecuteAsync(
        string sql, string name, string? expected, string? text, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = new(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$expected", (object?)expected ?? DBNull.Value);
        command.Parameters.AddWithValue("$text", (object?)text ?? DBNull.Value);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
