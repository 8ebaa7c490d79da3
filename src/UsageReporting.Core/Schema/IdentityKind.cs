namespace UsageReporting;

/// <summary>Who a report says it comes from.</summary>
public enum IdentityKind
{
    /// <summary>Nobody: no id at all. Only this may be called anonymous.</summary>
    None,

    /// <summary>An id that is a different one in each week or month and cannot be linked to the one before.</summary>
    Rotating,

    /// <summary>A random id that stays: pseudonymous.</summary>
    Stable,
}
