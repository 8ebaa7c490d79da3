namespace UsageReporting;

/// <summary>How an installation is told from others, as the schema declares it.</summary>
public sealed record ReportIdentity
{
    internal const string DefaultName = "uuid";

    /// <summary>No id at all: such reports are anonymous.</summary>
    public static ReportIdentity None { get; } = new() { Kind = IdentityKind.None };

    /// <summary>Which kind. Default <see cref="IdentityKind.Stable"/>.</summary>
    public IdentityKind Kind { get; init; } = IdentityKind.Stable;

    /// <summary>The name of the id on the wire; may be a path. Default <c>uuid</c>.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>What a person reads beside it. Default <c>Installation ID</c>.</summary>
    public string Label { get; init; } = "Installation ID";

    /// <summary>Why there is an id: one sentence.</summary>
    public string Purpose { get; init; } =
        "A random number, drawn for this purpose only, so that an installation is counted once.";

    /// <summary>How long a rotating id lasts. Default <see cref="RotationPeriod.Week"/>.</summary>
    public RotationPeriod Rotates { get; init; } = RotationPeriod.Week;
}
