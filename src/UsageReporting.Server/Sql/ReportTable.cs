using UsageReporting.Server.Products;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Sql;

/// <summary>
/// The plain table of one product: its columns are the schema's fields. A field that a later schema adds gets its column
/// at the next start; the column of one that vanished stays, which is why none but the time is NOT NULL. Columns of the
/// server's own begin with an underscore, as no field does: how the report is counted.
/// </summary>
internal sealed class ReportTable
{
    /// <summary>The day of the installation's first report, as it was known when this one came.</summary>
    public const string FirstSeen = "_first_seen";

    /// <summary>1 where the installation was not believed yet.</summary>
    public const string Held = "_held";

    public ReportTable(Product product)
    {
        Product = product.Name;
        HasPeriods = product.Schema.Find(IdentityFields.PeriodName) is not null;
        Name = SqlNames.Table(product.Name);
        Id = product.Schema.Header.Identity is { Kind: not IdentityKind.None, Name: var id }
            ? new ReportColumn(SqlNames.Column(id), Report.IdSlot, StoredForm.Text)
            : null;
        ReportColumn[] ofTheId = Id is null ? [] : [Id];
        Columns =
        [
            .. ofTheId,
            .. product.Schema.Fields
                .Select((field, i) => (field, slot: Report.FirstFieldSlot + i))
                .Where(f => StoredForm.IsColumn(StoredForm.Of(f.field.Kind)))
                .Select(f => new ReportColumn(SqlNames.Column(f.field.Name), f.slot, StoredForm.Of(f.field.Kind))),
        ];
        Forms =
        [
            .. ofTheId.Select(column => KeyValuePair.Create(column.Name, column.Form)),
            .. product.Schema.Fields.Select(
                field => KeyValuePair.Create(SqlNames.Column(field.Name), StoredForm.Of(field.Kind))),
            KeyValuePair.Create(FirstSeen, StoredForm.Text),
            KeyValuePair.Create(Held, StoredForm.Integer),
        ];
    }

    /// <summary>Whose reports they are.</summary>
    public string Product { get; }

    /// <summary>The table, quoted.</summary>
    public string Name { get; }

    public IReadOnlyList<ReportColumn> Columns { get; }

    /// <summary>The column of the id; null where reports have none.</summary>
    public ReportColumn? Id { get; }

    /// <summary>Whether reports name the window that they count in.</summary>
    public bool HasPeriods { get; }

    /// <summary>Every field by the name of a column, also those without one, with the form of its values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Forms { get; }

    /// <summary>What a table that stores some of the fields in another form is refused with; null where there is none.</summary>
    /// <param name="tables">The tables, each with the forms that are stored.</param>
    public static string? Refuse(IEnumerable<KeyValuePair<ReportTable, Dictionary<string, string>>> tables)
    {
        string[] mistakes =
        [
            .. from table in tables
               from wanted in table.Key.Forms
               let form = table.Value.GetValueOrDefault(wanted.Key, wanted.Value)
               where form != wanted.Value
               select $"{table.Key.Product} stores {wanted.Key} as {form}, and its schema now has it as {wanted.Value}",
        ];
        return mistakes.Length == 0 ? null : $"{string.Join("; ", mistakes)}. A field of another kind needs another name.";
    }
}
