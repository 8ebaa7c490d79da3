namespace UsageReporting.GoogleAnalytics;

/// <summary>
/// What Google Analytics takes, from its pages "Send Measurement Protocol events to Google Analytics" (Limitations) and "Measurement Protocol
/// reference". What is more it drops without a word, so that a schema that could be more does not start.
/// </summary>
internal static class MeasurementLimits
{
    /// <summary>Events of one request.</summary>
    public const int Events = 25;

    /// <summary>Parameters of one event.</summary>
    public const int Parameters = 25;

    /// <summary>Characters of the name of an event or a parameter.</summary>
    public const int NameLength = 40;

    /// <summary>Characters of a parameter's value, in a property that is not of Analytics 360.</summary>
    public const int ValueLength = 100;

    /// <summary>How long one attempt may take: a person waits for it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Kilobytes of an answer's headers, the only part of it that is read.</summary>
    public const int HeaderKilobytes = 16;
}
