namespace UsageReporting;

/// <summary>Why a report does not hold a field, or not wholly, that was asked for.</summary>
public enum LeftOutReason
{
    /// <summary>Its collector failed.</summary>
    Failed,

    /// <summary>Its collector took longer than 5 s.</summary>
    TooSlow,

    /// <summary>Its value, or a part of it, does not fit the declaration.</summary>
    Undeclared,

    /// <summary>The report would be larger than it may be.</summary>
    TooLarge,

    /// <summary>It is in no public catalogue, and its name may say who uses it.</summary>
    NotPublic,

    /// <summary>Its version was not released, so that few have it.</summary>
    NotReleased,
}
