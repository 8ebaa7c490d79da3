namespace UsageReporting;

/// <summary>What became of one attempt to send a report. A closed list.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>It was received and stored.</summary>
    public sealed record Accepted : DeliveryResult
    {
        /// <summary>Whether that is known. Who answers with a yes to whatever comes has only said that something came.</summary>
        public bool IsConfirmed { get; init; } = true;
    }

    /// <summary>This installation reported not long ago; that is not an error.</summary>
    /// <param name="LastSent">When, by the server's clock.</param>
    /// <param name="AgainAt">From when on a report is accepted again.</param>
    public sealed record AlreadyReported(DateTimeOffset LastSent, DateTimeOffset AgainAt) : DeliveryResult;

    /// <summary>No answer of ours came.</summary>
    /// <param name="Reason">Why, in a few words for a log, without anything of the report.</param>
    /// <param name="MaybeReceived">Whether the whole request left, so that the report may have arrived.</param>
    public sealed record Unreachable(string Reason, bool MaybeReceived) : DeliveryResult
    {
        /// <summary>How long the endpoint asks to be left alone, if it says so.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>It was understood and refused; sending it again cannot help.</summary>
    /// <param name="Errors">What is wrong, a line each, safe to show.</param>
    public sealed record Rejected(IReadOnlyList<string> Errors) : DeliveryResult;

    /// <summary>The endpoint asks for a key that this application does not have.</summary>
    public sealed record Unauthorized : DeliveryResult;
}
