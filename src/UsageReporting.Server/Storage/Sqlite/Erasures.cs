using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Erases installations, each after a mark of it was written beside the database. What a crash, or a backup that was put in
/// the database's place, left undone is done when it is opened.
/// </summary>
internal sealed class Erasures(SqliteConnection connection, Tombstones tombstones, Remains remains)
{
    /// <summary>Erases an installation within the transaction that is open.</summary>
    public ErasureOutcome Erase(Product product, string id)
    {
        if (!IsThere(product, id))
        {
            return ErasureOutcome.Unknown.Instance;
        }

        tombstones.Add(product.Name, id);
        int reports = Delete(product, id);
        NoteFollowed();
        return new ErasureOutcome.Erased(reports);
    }

    /// <summary>Erases what has marks that this database does not know yet.</summary>
    /// <returns>Whether there was anything to look for.</returns>
    /// <exception cref="UsageStoreException">The marks cannot be followed.</exception>
    public bool Follow(ProductCatalog catalog)
    {
        tombstones.RefuseWithoutKey();
        long followed = Convert.ToInt64(
            SqliteText.Value(connection, "SELECT followed FROM erasures"), CultureInfo.InvariantCulture);
        long count = tombstones.Count;
        if (followed == count)
        {
            return false;
        }

        using SqliteTransaction transaction = connection.BeginTransaction();
        if (followed < count)
        {
            IReadOnlySet<string> marks = tombstones.After(followed);
            foreach (Product product in catalog.Products)
            {
                string[] erased = [.. Ids(product).Where(id => marks.Contains(tombstones.MarkOf(product.Name, id)))];
                foreach (string id in erased)
                {
                    Delete(product, id);
                }
            }
        }

        NoteFollowed();
        transaction.Commit();
        return true;
    }

    // The row of one that is silent is forgotten some days before its reports may be.
    private bool IsThere(Product product, string id)
    {
        ReportTable table = new(product);
        string orReports = table.Id is null
            ? ""
            : $" OR EXISTS (SELECT 1 FROM {table.Name} WHERE {new ReportIndexSql(table).IsOf("$2")})";
        using SqliteCommand command = SqliteText.Command(
            connection,
            $"SELECT 1 WHERE EXISTS (SELECT 1 FROM installations WHERE product = $1 AND id = $2){orReports}",
            product.Name,
            id);
        return command.ExecuteScalar() is not null;
    }

    private int Delete(Product product, string id)
    {
        ReportTable table = new(product);
        int reports = 0;
        if (table.Id is not null)
        {
            // The table's trigger deletes the entries with them.
            SqliteText.Run(connection, $"DELETE FROM {table.Name} WHERE {new ReportIndexSql(table).IsOf("$1")}", id);
            reports = raw.sqlite3_changes(connection.Handle!);
        }

        SqliteText.Run(connection, "DELETE FROM installations WHERE product = $1 AND id = $2", product.Name, id);
        remains.Note();
        return reports;
    }

    private void NoteFollowed() => SqliteText.Run(
        connection, "UPDATE erasures SET followed = CAST($1 AS INTEGER)", tombstones.Count.ToString(CultureInfo.InvariantCulture));

    // Reports are kept a little longer than the rows of their installations may be.
    private IEnumerable<string> Ids(Product product)
    {
        ReportTable table = new(product);
        IEnumerable<string> ids = Texts("SELECT id FROM installations WHERE product = $1", product.Name);
        return table.Id is null ? ids : ids.Concat(Texts(new ReportIndexSql(table).Ids));
    }

    private IEnumerable<string> Texts(string sql, params string[] values)
    {
        using SqliteCommand command = SqliteText.Command(connection, sql, values);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return rows.GetString(0);
        }
    }
}
