using System.Text;
using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>
/// A member that a report may have: the id, a field, or an object whose members are such again (the
/// <c>installation</c> of <c>installation.platform</c>).
/// </summary>
internal sealed class ReportMember
{
    private readonly byte[] _name;
    private readonly List<ReportMember> _members = [];

    public ReportMember(string path)
    {
        Path = path;
        _name = Encoding.UTF8.GetBytes(path[(path.LastIndexOf('.') + 1)..]);
    }

    /// <summary>The name with all objects before it, as the schema spells it.</summary>
    public string Path { get; }

    /// <summary>The field, or null for the id and for an object.</summary>
    public UsageField? Field { get; init; }

    /// <summary>The slot of the value; of an object, one behind those of all values, which says only that it was named.</summary>
    public int Slot { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The version of the UUID that the id is.</summary>
    public char IdVersion { get; init; }

    /// <summary>What a value must be: the sentence for whoever sent another.</summary>
    public string Expectation { get; init; } = "Must be an object.";

    public bool IsObject => _members.Count > 0;

    public List<ReportMember> Members => _members;

    public void Add(ReportMember member) => _members.Add(member);

    /// <summary>The member whose turn it is, if the reader stands on its name, which clients write without an escape.</summary>
    public ReportMember? FindNext(ref Utf8JsonReader json, ref int expected) =>
        expected < _members.Count && json.ValueSpan.SequenceEqual(_members[expected]._name)
            ? _members[expected++]
            : null;

    /// <summary>The member of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expected">
    /// Where to look first, and where to look first the next time: clients write the fields in the schema's order.
    /// </param>
    public ReportMember? Find(ReadOnlySpan<byte> name, ref int expected)
    {
        for (int i = 0; i < _members.Count; i++)
        {
            int index = (expected + i) % _members.Count;
            if (name.SequenceEqual(_members[index]._name))
            {
                expected = index + 1;
                return _members[index];
            }
        }

        return null;
    }

    /// <summary>The member whose name differs by the case of its letters only.</summary>
    public ReportMember? FindMisspelt(ReadOnlySpan<byte> name)
    {
        foreach (ReportMember member in _members)
        {
            if (Ascii.EqualsIgnoreCase(name, member._name))
            {
                return member;
            }
        }

        return null;
    }
}
