using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Counts installs; that each counts once is left to the database.</summary>
internal sealed class PackageStatements(SqliteConnection connection) : IDisposable
{
    private const int HashBytes = 16;

    private readonly SqliteStatement _insert = new(connection, """
        INSERT INTO package_installs (package, version, is_automatic, received, bucket, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING
        RETURNING 1
        """);

    /// <summary>Writes a notification's installs.</summary>
    /// <returns>How many of them are new.</returns>
    public int Count(IncomingInstalls incoming)
    {
        int counted = 0;
        foreach (PackageInstall install in incoming.Installs)
        {
            counted += TryInsert(incoming, install) ? 1 : 0;
        }

        return counted;
    }

    public void Dispose() => _insert.Dispose();

    private bool TryInsert(IncomingInstalls incoming, PackageInstall install)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, install.Hash);
        _insert.Bind(1, install.Package);
        _insert.Bind(2, install.Version);
        _insert.Bind(3, incoming.IsAutomatic ? 1 : 0);
        _insert.Bind(4, incoming.Received);
        _insert.Bind(5, incoming.Bucket);
        _insert.BindBytes(6, hash);
        return _insert.Run();
    }
}
