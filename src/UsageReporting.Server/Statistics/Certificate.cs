using System.Globalization;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// That so many installations had a word of a field, such as a plugin, in a closed window: two of the published numbers, as a
/// statement that can be signed and shown around.
/// </summary>
/// <param name="Product">The product's name.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Word">The word.</param>
/// <param name="Window">The window.</param>
/// <param name="Made">When its numbers were made.</param>
/// <param name="Installs">Those that had it.</param>
/// <param name="Of">Those that reported.</param>
internal sealed record Certificate(
    string Product, string Field, string Word, UsageWindow Window, DateTimeOffset Made, long Installs, long Of)
{
    /// <summary>
    /// What is signed: JSON in its canonical form (RFC 8785). By its members, of which one names its type, it is told from
    /// everything else that the same key signs.
    /// </summary>
    public string Statement => string.Create(
        CultureInfo.InvariantCulture,
        // Words are printable ASCII, and have no quotation marks.
        $$"""{"as_of":"{{DateField.Write(Made)}}","field":"{{Field}}","first_day":"{{Window.FirstDay:yyyy-MM-dd}}","installs":{{Installs}},"last_day":"{{Window.LastDay:yyyy-MM-dd}}","of":{{Of}},"product":"{{Product}}","type":"certificate of use","window":"{{Window.ToString()}}","word":"{{Word.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""");
}
