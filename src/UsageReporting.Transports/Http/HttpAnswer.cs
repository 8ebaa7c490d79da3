namespace UsageReporting.Transports.Http;

/// <summary>What an endpoint answered, as far as it is looked at.</summary>
/// <param name="Status">The status code.</param>
/// <param name="MediaType">The content type without its parameters; null where there is none.</param>
/// <param name="Body">The beginning of the body.</param>
internal sealed record HttpAnswer(int Status, string? MediaType, ReadOnlyMemory<byte> Body)
{
    /// <summary>How long it asks to be left alone, if it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
