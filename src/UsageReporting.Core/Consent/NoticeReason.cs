namespace UsageReporting;

/// <summary>Why a person is told of reporting that is on by default.</summary>
public enum NoticeReason
{
    /// <summary>They were not told before.</summary>
    First,

    /// <summary>Who receives the reports, where they go, who can read them or how long an id lasts has changed.</summary>
    Changed,

    /// <summary>Some fields are new, or may hold more. The others go on.</summary>
    NewFields,
}
