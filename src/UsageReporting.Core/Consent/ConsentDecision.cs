namespace UsageReporting;

/// <summary>What may be reported, and why.</summary>
/// <param name="State">Off, asked, kept here, or on.</param>
/// <param name="Level">The level up to which fields may be reported; <see cref="UsageLevel.None"/> when off.</param>
/// <param name="Because">
/// What decided, in words that follow a colon, naming the variable, file or setting as it is spelt:
/// <c>DO_NOT_TRACK is set</c>.
/// </param>
public sealed record ConsentDecision(ConsentState State, UsageLevel Level, string Because)
{
    /// <summary>
    /// Fields of that level that may not be reported, because they are new, or may hold more, since the person agreed.
    /// </summary>
    public IReadOnlyList<UsageField> Paused { get; init; } = [];

    /// <summary>
    /// Whether a switch, a policy, a file or automation forbids it, so that no choice of the person's switches it on.
    /// </summary>
    public bool IsFixed { get; init; }

    /// <summary>Why a person has to be told of it, or of more of it, before that is on by default; null where not.</summary>
    internal NoticeReason? Notice { get; init; }

    /// <summary>Whether the report is to be printed in the place of being sent.</summary>
    internal bool IsPrinted { get; init; }

    /// <summary>Whether the field may be reported.</summary>
    /// <param name="field">A declared field.</param>
    public bool Allows(UsageField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Level <= Level && !Paused.Contains(field);
    }
}
