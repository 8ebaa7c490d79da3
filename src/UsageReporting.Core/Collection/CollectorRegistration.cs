namespace UsageReporting.Core.Collection;

/// <summary>A collector that the host added: what it fills, known without creating it, and how it is created.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Fields">The fields that it fills.</param>
/// <param name="Create">Creates it from the services of one scope; null where the library itself fills the fields.</param>
internal sealed record CollectorRegistration(
    string Name, IReadOnlyList<UsageField> Fields, Func<IServiceProvider, IUsageCollector>? Create);
