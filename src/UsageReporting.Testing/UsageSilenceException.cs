namespace UsageReporting;

/// <summary>Something that should have happened in silence did not.</summary>
/// <param name="sounds">What was noticed, a line each.</param>
public sealed class UsageSilenceException(IReadOnlyList<string> sounds)
    : Exception("Usage reporting was not silent: " + string.Join("; ", sounds) + ".")
{
    /// <summary>What was noticed, a line each.</summary>
    public IReadOnlyList<string> Sounds { get; } = sounds;
}
