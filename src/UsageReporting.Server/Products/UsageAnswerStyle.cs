namespace UsageReporting.Server;

/// <summary>What the sender of an accepted report is answered.</summary>
public enum UsageAnswerStyle
{
    /// <summary>204: there is nothing to say.</summary>
    NoContent,

    /// <summary>
    /// 200 with <c>{"status":"success","submission_id":n}</c>, where n is the number of the report's row: what clients expect
    /// that know nothing but 200.
    /// </summary>
    Submission,
}
