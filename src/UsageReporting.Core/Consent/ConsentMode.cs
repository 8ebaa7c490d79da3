namespace UsageReporting;

/// <summary>How an application asks.</summary>
public enum ConsentMode
{
    /// <summary>
    /// Nothing is ever sent by itself: a person runs a command, sees the report and says yes to that one report. No
    /// answer is kept.
    /// </summary>
    AskEachTime,
}
