namespace UsageReporting.Server.Access;

/// <summary>The good key of a product that a request shows.</summary>
/// <param name="Name">What the key is called in the log of who reads; it opens nothing.</param>
/// <param name="Scopes">What it opens; nothing where no good one is shown.</param>
internal readonly record struct ShownKey(string Name, UsageKeyScopes Scopes)
{
    public static ShownKey None => new("", UsageKeyScopes.None);

    public bool Opens(UsageKeyScopes scope) => (Scopes & scope) == scope;
}
