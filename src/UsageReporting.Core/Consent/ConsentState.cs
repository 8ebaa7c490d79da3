namespace UsageReporting;

/// <summary>What may happen with a report.</summary>
public enum ConsentState
{
    /// <summary>Nothing: nobody is asked, nothing is collected and nothing is sent.</summary>
    Off,

    /// <summary>The person decides, having seen the report.</summary>
    Ask,

    /// <summary>It may be collected and looked at, and is never sent.</summary>
    Local,

    /// <summary>It may be sent: the person agreed to reports like it before.</summary>
    On,
}
