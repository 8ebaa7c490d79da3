namespace UsageReporting.Tests.Fleet;

/// <summary>What becomes of a report on its way.</summary>
internal enum Weather
{
    /// <summary>It arrives, and so does the answer.</summary>
    Fair,

    /// <summary>The server says that it cannot store anything.</summary>
    ServerDown,

    /// <summary>It does not arrive, and nobody says so.</summary>
    RequestsAreLost,

    /// <summary>It arrives, and the answer does not.</summary>
    AnswersAreLost,
}
