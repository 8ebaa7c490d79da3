namespace UsageReporting;

/// <summary>How long a rotating id lasts.</summary>
public enum RotationPeriod
{
    /// <summary>An ISO 8601 week, UTC.</summary>
    Week,

    /// <summary>A calendar month, UTC.</summary>
    Month,
}
