namespace UsageReporting;

/// <summary>How an application asks.</summary>
public enum ConsentMode
{
    /// <summary>
    /// Nothing is ever sent by itself: a person runs a command, sees the report and says yes to that one report. No
    /// answer is kept.
    /// </summary>
    AskEachTime,

    /// <summary>
    /// A person is asked once, having seen the report, and may say yes for the future. The answer is kept, with what was
    /// agreed to: whatever is new in it is asked for again.
    /// </summary>
    OptIn,
}
