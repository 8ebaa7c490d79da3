namespace UsageReporting;

/// <summary>What a person answered to the report that they saw.</summary>
public enum ConsentAnswer
{
    /// <summary>Do not send it. Also what silence, the end of input and an interruption mean.</summary>
    No,

    /// <summary>Send exactly this.</summary>
    Yes,
}
