namespace UsageReporting;

/// <summary>What an endpoint said to somebody who wants to see its published numbers.</summary>
public abstract record NumbersResult
{
    private protected NumbersResult()
    {
    }

    /// <summary>It gave them.</summary>
    /// <param name="Json">The summary of a product, in UTF-8.</param>
    public sealed record Answered(ReadOnlyMemory<byte> Json) : NumbersResult;

    /// <summary>It did not answer, or not with numbers.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Unreachable(string Reason) : NumbersResult;
}
