namespace UsageReporting;

/// <summary>One value of a person's own report beside the published numbers.</summary>
/// <param name="Field">Its field.</param>
/// <param name="Value">The value as people read it, such as <c>1000–9999</c> or <c>prusa 3</c>.</param>
public sealed record ComparedValue(UsageField Field, string Value)
{
    /// <summary>How many report the same, or of a count of a word how many have the word; null where that is not published.</summary>
    public PublishedShare? Same { get; init; }

    /// <summary>
    /// How many report one of the values that too few have to be told one by one, among which this one may be; null where it is
    /// told, or they are not.
    /// </summary>
    public PublishedShare? Others { get; init; }

    /// <summary>Of a range: which part of those that report is known to be below it.</summary>
    public double? Below { get; init; }

    /// <summary>Of a range: which part of those that report is known to be above it.</summary>
    public double? Above { get; init; }

    /// <summary>Of a number: where those of all lie; null where that is not published.</summary>
    public PublishedQuartiles? Quartiles { get; init; }

    /// <summary>Whether anything is published that it can be compared with.</summary>
    public bool IsPublished => (Same ?? Others) is not null || Quartiles is not null;
}
