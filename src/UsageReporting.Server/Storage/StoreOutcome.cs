namespace UsageReporting.Server.Storage;

/// <summary>What became of a report that was handed to the store.</summary>
internal abstract record StoreOutcome
{
    private StoreOutcome()
    {
    }

    /// <summary>It is stored, durably.</summary>
    /// <param name="Number">The number of its row.</param>
    /// <param name="IsNew">Whether its installation was not known.</param>
    public sealed record Accepted(long Number, bool IsNew) : StoreOutcome
    {
        /// <summary>A write of something else than a report.</summary>
        public static Accepted OfNoReport { get; } = new(0, IsNew: false);
    }

    /// <summary>Its installation reported within the window.</summary>
    /// <param name="LastSent">When the accepted report came.</param>
    /// <param name="IsSameReport">Whether that one had the same bytes.</param>
    public sealed record AlreadyReported(DateTimeOffset LastSent, bool IsSameReport) : StoreOutcome;

    /// <summary>
    /// It is not stored for certain. Nothing can be stored just now; but where the flush failed or the file was changed just
    /// then, the report may be there all the same. Sent again it is known by its bytes.
    /// </summary>
    public sealed record Unavailable : StoreOutcome
    {
        private Unavailable()
        {
        }

        public static Unavailable Instance { get; } = new();
    }
}
