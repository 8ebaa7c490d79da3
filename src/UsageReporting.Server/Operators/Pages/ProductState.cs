namespace UsageReporting.Server.Operators.Pages;

/// <summary>How it stands with a product.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SchemaTag">By what its schema is known.</param>
/// <param name="Fields">How many fields that has.</param>
/// <param name="Requests">What became of requests: the outcome or the reason of a refusal, since the server counts, and in the last hour.</param>
/// <param name="Numbers">What the database knows; null where it cannot be read.</param>
internal sealed record ProductState(
    string Name,
    string SchemaTag,
    int Fields,
    IReadOnlyList<(string Outcome, long Total, long LastHour)> Requests,
    ProductNumbers? Numbers);
