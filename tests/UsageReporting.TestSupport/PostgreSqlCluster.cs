using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace UsageReporting.TestSupport;

/// <summary>
/// A PostgreSQL of one's own, which nobody reaches but by a socket in a temporary folder. It ends with this process, however
/// that ends: a shell waits for the end of a pipe.
/// </summary>
/// <remarks>Tests that use it carry <c>[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]</c>.</remarks>
public sealed class PostgreSqlCluster : IDisposable
{
    /// <summary>A command of it that is on the path.</summary>
    public const string Tool = "pg_ctlcluster";

    /// <summary>The Debian package.</summary>
    public const string Package = "postgresql-15";

    // Root may not run it.
    private const string Script = """
        set -eu
        bin=$1 folder=$2 options=$3
        as=
        if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; install -d -o postgres "$folder"; else mkdir "$folder"; fi
        trap '' INT HUP
        trap 'cd /; $as "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || :; rm -rf "$folder"' EXIT
        cd "$folder"
        $as "$bin/initdb" -D data -A trust -U postgres --no-sync --no-locale -E UTF8 >/dev/null
        printf '%s\n' "unix_socket_directories = '$folder'" "listen_addresses = ''" $options | $as tee -a data/postgresql.conf >/dev/null
        $as "$bin/pg_ctl" -D data -l log -w -s start
        echo ready
        cat >/dev/null
        """;

    private static readonly Lazy<PostgreSqlCluster> Lazy = new(() => Start(isDurable: false));

    private readonly Process _shell;
    private readonly string _folder;
    private int _databases;

    private PostgreSqlCluster(Process shell, string folder)
    {
        _shell = shell;
        _folder = folder;
    }

    /// <summary>The one that all tests of a process share which do nothing to it. It forgets all in a crash.</summary>
    public static PostgreSqlCluster Shared => Lazy.Value;

    // The newest one that is installed.
    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql")
        .OrderBy(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).Last() + "/bin";

    /// <summary>Starts one of a test's own.</summary>
    /// <param name="isDurable">Whether it waits for the disk, so that what it has said is there after a crash.</param>
    public static PostgreSqlCluster Start(bool isDurable)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"usage-pg-{Guid.NewGuid():N}");
        Process shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", Script, "sh", Programs, folder, isDurable ? "" : "fsync=off full_page_writes=off" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return shell.StandardOutput.ReadLine() == "ready"
            ? new PostgreSqlCluster(shell, folder)
            : throw new InvalidOperationException("PostgreSQL has not started; what it said stands above.");
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public string CreateDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Execute(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>How to connect to a database.</summary>
    public string ConnectionString(string database) => $"Host={_folder};Username=postgres;Database={database}";

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill() => Control("-m", "immediate", "stop");

    /// <summary>Starts it again.</summary>
    public void Restart() => Control("-l", $"{_folder}/log", "-w", "start");

    /// <summary>Writes a backup of a database into a file, as an operator does.</summary>
    public void Dump(string connectionString, string file, params string[] options) => Run(
        [
            $"{Programs}/pg_dump", "-h", _folder, "-U", "postgres", "-f", file, .. options,
            new NpgsqlConnectionStringBuilder(connectionString).Database!,
        ]);

    /// <summary>Puts a backup in the place of what a database holds.</summary>
    public void Load(string connectionString, string file)
    {
        Execute(connectionString, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        string database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        Run([$"{Programs}/psql", "-h", _folder, "-U", "postgres", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-f", file, database]);
    }

    /// <summary>Runs SQL that changes something.</summary>
    public static void Execute(string connectionString, string sql)
    {
        using NpgsqlConnection connection = Connect(connectionString);
        using NpgsqlCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of each row, as text; NULL is empty.</summary>
    public static IReadOnlyList<string> Query(string connectionString, string sql)
    {
        using NpgsqlConnection connection = Connect(connectionString);
        using NpgsqlCommand command = Command(connection, sql);
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<string> values = [];
        while (rows.Read())
        {
            values.Add(rows.IsDBNull(0) ? "" : Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    // Not of the pool: a connection that stays open keeps its database from being dropped or copied.
    private static NpgsqlConnection Connect(string connectionString)
    {
        NpgsqlConnection connection = new($"{connectionString};Pooling=false");
        connection.Open();
        return connection;
    }

#pragma warning disable CA2100 // The tests' own statements.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100

    private void Control(params string[] arguments)
    {
        string[] command = [$"{Programs}/pg_ctl", "-D", $"{_folder}/data", "-s", .. arguments];
        Run(Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command);
    }

    private static void Run(string[] command)
    {
        // It would stay in this process's folder, which postgres may not enter.
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"This failed: {string.Join(' ', command)}");
        }
    }
}
