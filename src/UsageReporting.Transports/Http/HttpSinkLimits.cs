namespace UsageReporting.Transports.Http;

/// <summary>How much is sent as it is and how much of an answer is read, each with its reason.</summary>
internal static class HttpSinkLimits
{
    /// <summary>Bytes up to which a report is sent as it is: it fits one packet, and people can read it on the wire.</summary>
    public const int PlainBytes = 1_024;

    /// <summary>Our answers are a few hundred bytes; a refusal lists at most one sentence or two a field.</summary>
    public const int AnswerBytes = 16 * 1_024;

    /// <summary>All that is stored of one installation: two months of reports, with a window of a day and the largest that there are.</summary>
    public const int ExportBytes = 8 * 1_024 * 1_024;

    /// <summary>All that is published of a window: tens of thousands of values, such as the versions of all plugins.</summary>
    public const int NumbersBytes = 4 * 1_024 * 1_024;

    /// <summary>Kilobytes. Our answers have a handful of headers.</summary>
    public const int HeaderKilobytes = 16;

    /// <summary>Lines of a refusal that are shown; more would push the first off the screen.</summary>
    public const int ErrorLines = 20;

    /// <summary>Characters of such a line.</summary>
    public const int ErrorLength = 200;
}
