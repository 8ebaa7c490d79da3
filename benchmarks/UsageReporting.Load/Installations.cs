namespace UsageReporting.Load;

/// <summary>Says whose report is next: random ids of version 4, each new, or a few that come again and again.</summary>
internal sealed class Installations
{
    private const string Hyphenated = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";

    private readonly Random _random = new();
    private readonly byte[][] _known = [];
    private int _next;

    private Installations(int known)
    {
        _known = new byte[known][];
        for (int i = 0; i < known; i++)
        {
            WriteNew(_known[i] = new byte[Length]);
        }
    }

    public static int Length => Hyphenated.Length;

    public static Installations New() => new(0);

    public static Installations Known(int count) => new(count);

    /// <summary>Writes the next id.</summary>
    public void WriteNext(Span<byte> id)
    {
        if (_known.Length == 0)
        {
            WriteNew(id);
        }
        else
        {
            _known[_next++ % _known.Length].CopyTo(id);
        }
    }

    private void WriteNew(Span<byte> id)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        Span<byte> random = stackalloc byte[Hyphenated.Length];
        _random.NextBytes(random);
        for (int i = 0; i < id.Length; i++)
        {
            id[i] = Hyphenated[i] == 'x' ? digits[random[i] & 15] : (byte)Hyphenated[i];
        }
    }
}
