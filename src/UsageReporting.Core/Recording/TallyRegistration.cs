namespace UsageReporting.Core.Recording;

/// <summary>What a host counts.</summary>
/// <param name="Sources">The fields, and where their tallies come from.</param>
/// <param name="Meters">The meters that are listened to.</param>
internal sealed record TallyRegistration(IReadOnlyList<TallySource> Sources, IReadOnlySet<string> Meters)
{
    /// <summary>What a developer got wrong, a line each.</summary>
    public static IEnumerable<string> MistakesIn(IEnumerable<TallyRegistration> registrations)
    {
        foreach (UsageField field in registrations.SelectMany(one => one.Sources).Select(source => source.Field))
        {
            if (field.Required)
            {
                yield return $"{field.Name}: a tally cannot be required, because nothing may have happened.";
            }

            if (TallyWords.BoundsOf(field) is { Minimum: > 1 } or { Maximum: < 1 })
            {
                yield return $"{field.Name}: a tally counts from 1, which is outside its bounds.";
            }
        }
    }
}
