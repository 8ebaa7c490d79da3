namespace UsageReporting.Server.Rollups;

/// <summary>
/// The installations of one window by the values of one field. What few have is not kept for ever: of it only is known
/// how many values and installations that is.
/// </summary>
/// <param name="Field">The field's name; of the versions of one word see <see cref="NameOf"/>.</param>
/// <param name="Cells">The values that enough installations have, and <see cref="NotReported"/> like a value; most first.</param>
/// <param name="SmallValues">
/// How many other values of a field with one value there are. Words of a field with several are left out instead: an
/// installation may have more than one of them.
/// </param>
/// <param name="SmallInstalls">The installations that have these.</param>
/// <param name="Quartiles">Of a count, or of each word of a counts field.</param>
internal sealed record FieldRollup(
    string Field,
    IReadOnlyList<Cell> Cells,
    long SmallValues,
    long SmallInstalls,
    IReadOnlyList<Quartiles> Quartiles)
{
    /// <summary>The value of installations that left the field out.</summary>
    public const string NotReported = "not reported";

    /// <summary>
    /// Whether people were told, when the window began, that the field is published, and no operator hides it. What they agreed to
    /// while it was not stays among the numbers that nobody else reads.
    /// </summary>
    public bool WasPublic { get; init; } = true;

    /// <summary>The name of the numbers that a versions field has of one word: of those that have it, by version.</summary>
    public static string NameOf(string field, string word) => $"{field}/{word}";

    /// <summary>The field whose numbers have a name.</summary>
    public static string FieldOf(string name) => name.Split('/')[0];
}
