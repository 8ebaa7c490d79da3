using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Makes strings of a column's texts, of each text one: most reports say what many others say.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, string> _texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public TextPool() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (!_lookup.TryGetValue(utf8, out string? text))
        {
            text = Encoding.UTF8.GetString(utf8);
            if (_texts.Count < ServerLimits.PooledTexts)
            {
                _texts.Add(text, text);
            }
        }

        return text;
    }

    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(string? x, string? y) => x == y;

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            // Texts of reports are ASCII, but for rows of others.
            if (alternate.Length == other.Length)
            {
                return Ascii.Equals(alternate, other);
            }

            return Encoding.UTF8.GetString(alternate) == other;
        }

        public int GetHashCode([DisallowNull] string obj) => GetHashCode(Encoding.UTF8.GetBytes(obj));

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
    }
}
