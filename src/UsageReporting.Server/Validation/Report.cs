using System.Buffers;

namespace UsageReporting.Server.Validation;

/// <summary>
/// What a valid report says: the installation's id, if it has one, in slot 0 and then a slot for each field of the schema, in
/// its order.
/// Everything is rented, so that a report costs the garbage collector next to nothing; disposing gives it back.
/// </summary>
internal sealed class Report : IDisposable
{
    public const int IdSlot = 0;
    public const int FirstFieldSlot = 1;

    // The shared pool keeps a few dozen arrays of a size, and many more reports may wait for the disk at once. Of larger
    // texts than most schemas allow it is not worth while to keep so many.
    private static readonly ArrayPool<FieldValue> Values =
        ArrayPool<FieldValue>.Create(maxArrayLength: 4_096, ServerLimits.WaitingWrites);

    private static readonly ArrayPool<byte> Texts = ArrayPool<byte>.Create(maxArrayLength: 8_192, ServerLimits.WaitingWrites);

    private readonly int _length;

    private FieldValue[] _values;

    // The bytes that came, and behind them the texts.
    private byte[] _text;
    private ReportEntry[] _entries = [];
    private int _textLength;
    private int _entryCount;

    /// <param name="fields">How many fields the schema has.</param>
    /// <param name="bytes">The report as it came; its names and strings are never longer than itself.</param>
    public Report(int fields, ReadOnlySpan<byte> bytes)
    {
        _values = Values.Rent(fields + FirstFieldSlot);
        _values.AsSpan(0, fields + FirstFieldSlot).Clear();
        _text = Texts.Rent(2 * bytes.Length);
        _length = _textLength = bytes.Length;
        bytes.CopyTo(_text);
    }

    /// <summary>The report as it came.</summary>
    public ReadOnlySpan<byte> Bytes => _text.AsSpan(0, _length);

    /// <summary>What the report is known by: the installation's id or, where it has none, its nonce.</summary>
    public FieldValue Key { get; set; }

    /// <summary>The fingerprint of the secret with which its installation can be erased, if it came with one.</summary>
    public FieldValue ErasureKey { get; set; }

    /// <summary>How many of its fields its schema does not have; of these only the number is known.</summary>
    public int UnknownFields { get; private set; }

    /// <summary>The entries of all set, counts and versions fields.</summary>
    public ReadOnlySpan<ReportEntry> Entries => _entries.AsSpan(0, _entryCount);

    /// <summary>Where the next text is written to, before it is kept.</summary>
    public Span<byte> FreeText => _text.AsSpan(_textLength);

    /// <summary>The value in a slot.</summary>
    public FieldValue this[int slot]
    {
        get => _values[slot];
        set => _values[slot] = value;
    }

    /// <summary>Keeps what was written to the beginning of <see cref="FreeText"/>.</summary>
    public FieldValue KeepText(int length)
    {
        FieldValue kept = FieldValue.OfText(_textLength, length);
        _textLength += length;
        return kept;
    }

    /// <summary>The text of a value, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text(FieldValue value) => _text.AsSpan(value.Start, value.Length);

    public void CountUnknownField() => UnknownFields++;

    public void Add(ReportEntry entry)
    {
        if (_entryCount == _entries.Length)
        {
            ReportEntry[] larger = ArrayPool<ReportEntry>.Shared.Rent(Math.Max(16, _entryCount * 2));
            Entries.CopyTo(larger);
            Return(ArrayPool<ReportEntry>.Shared, ref _entries);
            _entries = larger;
        }

        _entries[_entryCount++] = entry;
    }

    /// <summary>Gives everything back, once: an array that is returned twice would get two owners.</summary>
    public void Dispose()
    {
        Return(Values, ref _values);
        Return(Texts, ref _text);
        Return(ArrayPool<ReportEntry>.Shared, ref _entries);
        _entryCount = 0;
    }

    private static void Return<T>(ArrayPool<T> pool, ref T[] array)
    {
        if (array.Length > 0)
        {
            pool.Return(array);
            array = [];
        }
    }
}
