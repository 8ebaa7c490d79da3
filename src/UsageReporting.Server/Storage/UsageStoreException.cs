namespace UsageReporting.Server;

/// <summary>The database cannot be used, or not read: thrown at start, and where numbers are read, with a sentence for the operator.</summary>
public sealed class UsageStoreException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">A sentence for the operator.</param>
    /// <param name="innerException">What the engine said, if it did.</param>
    public UsageStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another server has the database.</summary>
    public bool IsInUse { get; init; }
}
