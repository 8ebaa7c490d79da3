using System.Data;
using Npgsql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>A database that several servers may use, and what it is called where a person reads it: without the password.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    // Seconds, where the connection string does not say others: callers wait with it. PostgreSQL takes 100 connections as it
    // comes: several servers must leave one another some, however many read.
    private const string Defaults = "Application Name=UsageReporting;Timeout=3;Command Timeout=10;Maximum Pool Size=20";

    // Whatever the connection string says: errors are logged, and their details are rows.
    private const string Always = "Include Error Detail=false";

    // Made when it is needed: what is wrong with the connection string is found when the host starts, with all other mistakes.
    private readonly Lazy<NpgsqlDataSource> _source;
    private readonly Lazy<string> _name;

    public PostgreSqlDatabase(string connectionString)
    {
        // What is said twice is taken the second time.
        _source = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create($"{Defaults};{connectionString};{Always}"));
        _name = new Lazy<string>(() => NameOf(new NpgsqlConnectionStringBuilder(connectionString)));
    }

    /// <summary>Where it is.</summary>
    public string Name => _name.Value;

    /// <exception cref="NpgsqlException">It cannot be reached, or does not let us in.</exception>
    public NpgsqlConnection Open() => _source.Value.OpenConnection();

    /// <inheritdoc cref="Open"/>
    public ValueTask<NpgsqlConnection> OpenAsync() => _source.Value.OpenConnectionAsync();

    /// <summary>Reads, all of it as it is at one moment.</summary>
    /// <exception cref="UsageStoreException">It cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        try
        {
            await using NpgsqlConnection connection = await OpenAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            return await read(connection);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw NotReadable(e);
        }
    }

    /// <summary>Writes in one transaction, again where another server was in the way.</summary>
    /// <returns>What was written, durably; what <paramref name="refused"/> says where nothing can be written just now.</returns>
    public async Task<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> write, T refused, Action<Exception> failed)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using NpgsqlConnection connection = await OpenAsync();
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
                T written = await write(connection);
                await transaction.CommitAsync();
                return written;
            }
            catch (Exception e) when (PostgreSqlErrors.IsConflict(e) && attempt < PostgreSqlErrors.Attempts)
            {
                // Rolled back for certain.
            }
            catch (Exception e) when (IsTrouble(e))
            {
                failed(e);
                return refused;
            }
        }
    }

    public UsageStoreException NotReadable(Exception e) => new($"{Name} cannot be read: {e.Message}", e);

    /// <summary>Whether an exception is what operators meet.</summary>
    public static bool IsTrouble(Exception e) => e is NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException;

    public ValueTask DisposeAsync() => _source.IsValueCreated ? _source.Value.DisposeAsync() : ValueTask.CompletedTask;

    public void Dispose()
    {
        if (_source.IsValueCreated)
        {
            _source.Value.Dispose();
        }
    }

    private static string NameOf(NpgsqlConnectionStringBuilder settings) =>
        $"The database {settings.Database ?? settings.Username} of PostgreSQL at {settings.Host}:{settings.Port}";
}
