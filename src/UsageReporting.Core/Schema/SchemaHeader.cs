namespace UsageReporting;

/// <summary>What a schema says beside its fields: who asks, and within which limits.</summary>
public sealed record SchemaHeader
{
    /// <summary>The product's name: lower-case ASCII letters, digits and hyphens, 1 to 63 characters.</summary>
    public required string Product { get; init; }

    /// <summary>Who receives the reports. Default: the product's name.</summary>
    public string? Operator { get; init; }

    /// <summary>Where to reach the operator: an address that a person can use.</summary>
    public string? Contact { get; init; }

    /// <summary>Who can read the reports, by name or role.</summary>
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>What is never collected, in one sentence: the last one before the question.</summary>
    public string? Promise { get; init; }

    /// <summary>A page that explains the reporting.</summary>
    public Uri? MoreInformation { get; init; }

    /// <summary>The largest report in bytes, 256 to 65,536. Default 4,096.</summary>
    public int MaxBytes { get; init; } = 4_096;

    /// <summary>
    /// Days after a report in which another one of the same installation is refused, 0 to 366; 0 switches this off.
    /// Default 7.
    /// </summary>
    public int WindowDays { get; init; } = 7;

    /// <summary>How an installation is told from others. Default a stable id named <c>uuid</c>.</summary>
    public ReportIdentity Identity { get; init; } = new();

    /// <summary>
    /// Fields whose published numbers are shown by two of them together. It asks nobody anew: what leaves the machine is the same.
    /// </summary>
    public IReadOnlyList<FieldPair> Pairs { get; init; } = [];
}
