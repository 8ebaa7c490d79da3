namespace UsageReporting;

/// <summary>What a field's value is. The list is closed: both sides of the wire know each kind.</summary>
public enum UsageFieldKind
{
    /// <summary>Yes or no. JSON <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One word of a vocabulary. JSON string.</summary>
    Word,

    /// <summary>A range of a count, such as <c>1000-9999</c>; ranges are ordered. JSON string.</summary>
    Bucket,

    /// <summary>A whole number within bounds. JSON number.</summary>
    Count,

    /// <summary>Two to four numbers with dots and an optional SemVer suffix. JSON string.</summary>
    Version,

    /// <summary>An instant in UTC, ISO 8601. JSON string.</summary>
    Date,

    /// <summary>Printable ASCII with a pattern and a length, for what has no vocabulary. JSON string.</summary>
    Text,

    /// <summary>Several different words of a vocabulary. JSON array of strings.</summary>
    Set,

    /// <summary>A whole number for each of several words. JSON object of numbers.</summary>
    Counts,

    /// <summary>A version for each of several words. JSON object of strings.</summary>
    Versions,
}
