namespace UsageReporting.Server.Storage;

/// <summary>What became of the wish to erase an installation.</summary>
internal abstract record ErasureOutcome
{
    private ErasureOutcome()
    {
    }

    /// <summary>It is erased, durably.</summary>
    /// <param name="Reports">How many reports of it there were.</param>
    public sealed record Erased(int Reports) : ErasureOutcome;

    /// <summary>There is none.</summary>
    public sealed record Unknown : ErasureOutcome
    {
        private Unknown()
        {
        }

        public static Unknown Instance { get; } = new();
    }

    /// <summary>It is not erased for certain; nothing can be written just now.</summary>
    public sealed record Unavailable : ErasureOutcome
    {
        private Unavailable()
        {
        }

        public static Unavailable Instance { get; } = new();
    }
}
