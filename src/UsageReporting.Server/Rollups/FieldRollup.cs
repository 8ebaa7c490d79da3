namespace UsageReporting.Server.Rollups;

/// <summary>
/// The installations of one window by the values of one field. What few have is not kept for ever: of it only is known
/// how many values and installations that is.
/// </summary>
/// <param name="Field">The field's name.</param>
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
}
