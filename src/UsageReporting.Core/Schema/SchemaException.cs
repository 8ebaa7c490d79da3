namespace UsageReporting;

/// <summary>A schema has mistakes. A developer's error: it is thrown at start, never while an application runs.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Lists the mistakes.</summary>
    /// <param name="mistakes">One sentence each, all that were found.</param>
    public SchemaException(IReadOnlyList<string> mistakes)
        : base("The report schema has mistakes:" + string.Concat(mistakes.Select(m => Environment.NewLine + "- " + m))) =>
        Mistakes = mistakes;

    /// <summary>One sentence each, all that were found.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
