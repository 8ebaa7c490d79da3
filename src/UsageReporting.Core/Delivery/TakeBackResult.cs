namespace UsageReporting;

/// <summary>What an endpoint said to somebody who wants to see or erase what it has stored.</summary>
public abstract record TakeBackResult
{
    private protected TakeBackResult()
    {
    }

    /// <summary>It gave what it was asked for.</summary>
    /// <param name="Json">Its answer.</param>
    public sealed record Answered(string Json) : TakeBackResult;

    /// <summary>It has nothing under that id, or nothing that this secret is for.</summary>
    public sealed record Unknown : TakeBackResult;

    /// <summary>It did not answer, or not with what it was asked for.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Unreachable(string Reason) : TakeBackResult;
}
