using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>
/// What a product's reports hold: a header and the fields, in the order in which people see them. Both sides of the
/// wire have the same schema; what it does not declare is neither sent nor stored.
/// </summary>
public sealed class ReportSchema
{
    private readonly Dictionary<string, UsageField> _byName;

    private ReportSchema(SchemaHeader header, IReadOnlyList<UsageField> fields)
    {
        Header = header;
        Fields = fields;
        _byName = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>Who asks, and within which limits.</summary>
    public SchemaHeader Header { get; }

    /// <summary>The fields, in the order in which people see them. The id is not among them; it is in the header.</summary>
    public IReadOnlyList<UsageField> Fields { get; }

    /// <summary>Whether there are reports without an id: all of them, or those of machines where nothing lasts.</summary>
    public bool AllowsNoId => Header.Identity.Kind == IdentityKind.None || Find(IdentityFields.EphemeralName) is not null;

    /// <summary>Builds a schema.</summary>
    /// <param name="header">Who asks.</param>
    /// <param name="fields">The fields, in the order in which people see them.</param>
    /// <exception cref="SchemaException">Something is wrong; the exception names every mistake.</exception>
    public static ReportSchema Create(SchemaHeader header, IEnumerable<UsageField> fields)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(fields);

        UsageField[] all = [.. fields];
        IReadOnlyList<string> mistakes = SchemaRules.MistakesIn(header, all);
        return mistakes.Count == 0 ? new ReportSchema(header, all) : throw new SchemaException(mistakes);
    }

    /// <summary>Reads a schema from the JSON that <see cref="ToJson"/> writes; the order of members does not matter.</summary>
    /// <param name="utf8Json">A JSON object in UTF-8.</param>
    /// <exception cref="SchemaException">It is not a schema; the exception names every mistake.</exception>
    public static ReportSchema Parse(ReadOnlyMemory<byte> utf8Json) => SchemaJsonReader.Read(utf8Json);

    /// <summary>The field of that name, or <see langword="null"/>.</summary>
    /// <param name="name">The name on the wire.</param>
    public UsageField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// What the schema lacks for anybody to report by its identity, such as the <c>period</c> of a rotating id; a line
    /// each, none where nothing is wrong. Clients and servers do not start with such a schema.
    /// </summary>
    public IReadOnlyList<string> FindIdentityMistakes() => [.. IdentityRules.MistakesIn(this)];

    /// <summary>The highest level that fields have, of those up to one.</summary>
    internal UsageLevel LevelWithin(UsageLevel level) =>
        Fields.Select(field => field.Level).Where(declared => declared <= level).Append(UsageLevel.Basic).Max();

    /// <summary>The one canonical form of the schema: JSON after RFC 8785, UTF-8, without a line break.</summary>
    public byte[] ToJson() => SchemaJsonWriter.Write(this);
}
