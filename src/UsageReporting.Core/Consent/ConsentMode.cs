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

    /// <summary>
    /// It is on by default, and a person who says no is asked nothing more. First they are told of it, on a terminal, in a
    /// run that sends nothing; whatever is new later, they are told of again. Without a yes nothing above
    /// <see cref="UsageLevel.Basic"/> is reported.
    /// </summary>
    OptOut,
}
