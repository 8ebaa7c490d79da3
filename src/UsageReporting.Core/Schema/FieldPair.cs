namespace UsageReporting;

/// <summary>
/// Two fields that are shown together, such as the channel of each version. Both have one value a report, are published, and
/// stand in no other pair.
/// </summary>
/// <param name="Rows">The name of one.</param>
/// <param name="Columns">The name of the other.</param>
public sealed record FieldPair(string Rows, string Columns)
{
    /// <summary>The pair as a path names it: <c>version,channel</c>.</summary>
    public string Name => $"{Rows},{Columns}";
}
