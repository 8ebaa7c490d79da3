namespace UsageReporting;

/// <summary>What may happen with a report.</summary>
public enum ConsentState
{
    /// <summary>Nothing: nobody is asked, nothing is collected and nothing is sent.</summary>
    Off,

    /// <summary>The person decides, each time, having seen the report.</summary>
    Ask,
}
