using System.Text.Json;

namespace UsageReporting.Core.Comparison;

/// <summary>
/// The summary of a product as a server publishes it. It comes from the network: what is not as it should be makes all of it
/// nothing, and no text of it is shown to anybody but the window, which has one of two forms.
/// </summary>
internal sealed class PublishedNumbers
{
    /// <summary>What stands for all values that too few have, and for one that is itself called so. Words have none.</summary>
    public const string Other = "other";

    // Of a member that is there twice only one could be read.
    private static readonly JsonDocumentOptions OnceEach = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, Dictionary<string, PublishedShare>> _values;
    private readonly Dictionary<string, Dictionary<string, PublishedQuartiles>> _quartiles;

    private PublishedNumbers(JsonElement summary)
    {
        Window = summary.GetProperty("fields_window").GetString()!;
        Made = summary.GetProperty("as_of") is { ValueKind: not JsonValueKind.Null } made ? made.GetDateTimeOffset() : null;
        Installs = summary.GetProperty("fields_installs") is { ValueKind: not JsonValueKind.Null } installs ? CountOf(installs) : null;
        _values = ReadAll(summary.GetProperty("fields"), ShareOf);
        _quartiles = ReadAll(summary.GetProperty("quartiles"), QuartilesOf);
    }

    /// <summary>The ISO week or month.</summary>
    public string Window { get; }

    /// <summary>When they were made; null where there are none.</summary>
    public DateTimeOffset? Made { get; }

    /// <summary>How many reported; null where that is not said, and then nothing is.</summary>
    public long? Installs { get; }

    /// <summary>Reads them; null where they are no numbers of this product.</summary>
    public static PublishedNumbers? Parse(ReadOnlyMemory<byte> json, string product)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, OnceEach);
            return document.RootElement.GetProperty("product").ValueEquals(product)
                && new PublishedNumbers(document.RootElement) is { } numbers && IsWindow(numbers.Window)
                    ? numbers
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // No JSON, members that are missing, of other kinds or out of their bounds, a value twice.
            return null;
        }
    }

    /// <summary>How many report a value; null where that is not published.</summary>
    /// <param name="name">A field's name, or that of the versions of a word.</param>
    /// <param name="value">As it is published.</param>
    public PublishedShare? Find(string name, string value) => _values.GetValueOrDefault(name)?.GetValueOrDefault(value);

    /// <summary>Where the numbers of a count lie, or of a word; null where that is not published.</summary>
    public PublishedQuartiles? FindQuartiles(string name, string word) => _quartiles.GetValueOrDefault(name)?.GetValueOrDefault(word);

    private static bool IsWindow(string text) => text is
        [_, _, _, _, '-', 'W', _, _] or [_, _, _, _, '-', _, _]
        && text.All(c => char.IsAsciiDigit(c) || c is '-' or 'W');

    private static Dictionary<string, Dictionary<string, T>> ReadAll<T>(JsonElement fields, Func<JsonElement, T> read) =>
        fields.EnumerateObject().ToDictionary(
            field => field.Name,
            field => field.Value.EnumerateArray().ToDictionary(
                // The quartiles of a count are those of no word.
                cell => cell.TryGetProperty("value", out JsonElement value) ? value.GetString()! : "", read, StringComparer.Ordinal),
            StringComparer.Ordinal);

    private static PublishedShare ShareOf(JsonElement cell) => new(CountOf(cell.GetProperty("installs")), PartOf(cell.GetProperty("share")))
    {
        Interval = cell.TryGetProperty("interval", out JsonElement interval) ? IntervalOf([.. interval.EnumerateArray().Select(PartOf)]) : null,
    };

    private static (double Lower, double Upper) IntervalOf(double[] bounds) =>
        bounds is [var lower, var upper] ? (lower, upper) : throw new FormatException();

    private static PublishedQuartiles QuartilesOf(JsonElement of) => new(
        CountOf(of.GetProperty("installs")),
        of.GetProperty("lower").GetInt64(),
        of.GetProperty("median").GetInt64(),
        of.GetProperty("upper").GetInt64());

    private static long CountOf(JsonElement number) => number.GetInt64() is >= 0 and var count ? count : throw new FormatException();

    private static double PartOf(JsonElement number) => number.GetDouble() is >= 0 and <= 1 and var part ? part : throw new FormatException();
}
