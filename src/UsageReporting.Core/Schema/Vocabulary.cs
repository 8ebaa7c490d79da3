using System.Collections;
using System.Runtime.CompilerServices;

namespace UsageReporting;

/// <summary>
/// A closed list of words: 1 to 64 printable ASCII characters without spaces or quotation marks each, compared
/// exactly. Written as a collection: <c>["stable", "beta", "dev"]</c>.
/// </summary>
/// <remarks>
/// A vocabulary with a <see cref="CatalogueName"/> is a catalogue: a list that grows by itself, such as the names of
/// published plugins. What a person agreed to names the catalogue and not its contents, so a new entry asks nobody
/// again.
/// </remarks>
[CollectionBuilder(typeof(Vocabulary), nameof(Of))]
public sealed class Vocabulary : IEnumerable<string>
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private Vocabulary(string? catalogueName, IReadOnlyList<string> words)
    {
        CatalogueName = catalogueName;
        Words = words;
        _lookup = words.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The name of the catalogue, or <see langword="null"/> for a list that belongs to its field.</summary>
    public string? CatalogueName { get; }

    /// <summary>The words in the order in which they were declared.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>A list that belongs to its field.</summary>
    /// <param name="words">The words, in the order in which people read them.</param>
    public static Vocabulary Of(params ReadOnlySpan<string> words) => new(null, words.ToArray());

    /// <summary>A catalogue.</summary>
    /// <param name="name">The catalogue's name, such as <c>napari-plugins</c>.</param>
    /// <param name="words">What is in it today.</param>
    public static Vocabulary Catalogue(string name, IEnumerable<string> words) => new(name, [.. words]);

    /// <summary>The vocabulary's own word equal to the text, or <see langword="null"/>.</summary>
    /// <param name="word">The text.</param>
    public string? Find(ReadOnlySpan<char> word) => _lookup.TryGetValue(word, out string? known) ? known : null;

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => Words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
