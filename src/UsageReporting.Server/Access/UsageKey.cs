namespace UsageReporting.Server;

/// <summary>A key of a product, or of all of them, without what it is shown by.</summary>
/// <param name="Id">Its name, which is also the part of its text between the underscores.</param>
/// <param name="Product">Whose it is; <see cref="EveryProduct"/> for all of them.</param>
/// <param name="Scopes">What it opens.</param>
public sealed record UsageKey(string Id, string Product, UsageKeyScopes Scopes)
{
    /// <summary>In the place of a product: <c>*</c>, which no product is called.</summary>
    public const string EveryProduct = "*";

    /// <summary>From when on it opens anything, UTC; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>From when on it no longer does, UTC; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked, UTC; null if it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>What the operator knows it by; empty if nothing was said.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether it opens anything at a time.</summary>
    /// <param name="now">The time.</param>
    public bool IsGood(DateTimeOffset now) => Revoked is null && !(now < NotBefore) && !(now >= Expires);
}
