using System.Buffers;

namespace UsageReporting.Server.Validation;

/// <summary>
/// The names of a report that its schema does not declare, each within its object: a hash table in rented arrays, so that
/// thousands of them cost as little as the same number of bytes in any other form.
/// </summary>
internal ref struct SeenNames
{
    private const int FirstCapacity = 32;

    private readonly Report _report;
    private Name[] _names = [];
    private int[] _buckets = [];
    private int _count;

    public SeenNames(Report report) => _report = report;

    /// <summary>Notes a name of an object.</summary>
    /// <param name="owner">The number of the object.</param>
    /// <param name="text">The name, unescaped, in the report's text.</param>
    /// <returns>False when the object has had that name before.</returns>
    public bool Add(int owner, FieldValue text)
    {
        if (_count == _names.Length)
        {
            Grow();
        }

        // HashCode starts from a number drawn for this process: nobody can prepare names that collide.
        HashCode code = new();
        code.Add(owner);
        code.AddBytes(_report.Text(text));
        int hash = code.ToHashCode();

        for (int i = Bucket(hash) - 1; i >= 0; i = _names[i].Next)
        {
            Name other = _names[i];
            if (other.Hash == hash && other.Owner == owner && _report.Text(other.Text).SequenceEqual(_report.Text(text)))
            {
                return false;
            }
        }

        _names[_count] = new Name(hash, owner, text, Bucket(hash) - 1);
        Bucket(hash) = ++_count;
        return true;
    }

    /// <summary>Gives back what was rented.</summary>
    public readonly void Return()
    {
        if (_names.Length > 0)
        {
            ArrayPool<Name>.Shared.Return(_names);
            ArrayPool<int>.Shared.Return(_buckets);
        }
    }

    // The place of the last name with such a hash, counted from 1.
    private readonly ref int Bucket(int hash) => ref _buckets[(uint)hash % (uint)_names.Length];

    private void Grow()
    {
        SeenNames smaller = this;
        _names = ArrayPool<Name>.Shared.Rent(Math.Max(FirstCapacity, _count * 2));
        _buckets = ArrayPool<int>.Shared.Rent(_names.Length);
        _buckets.AsSpan(0, _names.Length).Clear();
        for (int i = 0; i < _count; i++)
        {
            _names[i] = smaller._names[i] with { Next = Bucket(smaller._names[i].Hash) - 1 };
            Bucket(_names[i].Hash) = i + 1;
        }

        smaller.Return();
    }

    private readonly record struct Name(int Hash, int Owner, FieldValue Text, int Next);
}
