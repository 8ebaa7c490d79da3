using System.Security.Cryptography;
using Npgsql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// What one server at a time does. It is taken for half a minute by the database's clock, and again while it lasts. Whoever
/// writes under it locks its row until the commit: a server that was stopped and goes on later finds that it has it no more.
/// </summary>
internal sealed class PostgreSqlLease
{
    private const string Name = "numbers";

    private readonly string _holder = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Takes it where nobody has it.</summary>
    /// <returns>Whether it is ours.</returns>
    public async Task<bool> TryTakeAsync(NpgsqlConnection connection) => await SqlCommands.RunAsync(
        connection,
        """
        INSERT INTO leases (name, holder, until) VALUES ($1, $2, now() + INTERVAL '30 seconds')
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until < now()
        """,
        Name,
        _holder) == 1;

    /// <summary>Keeps it, and locks it within the transaction that is open.</summary>
    /// <returns>Whether it is still ours.</returns>
    public async Task<bool> TryHoldAsync(NpgsqlConnection connection) => await SqlCommands.RunAsync(
        connection, "UPDATE leases SET until = now() + INTERVAL '30 seconds' WHERE name = $1 AND holder = $2", Name, _holder) == 1;
}
