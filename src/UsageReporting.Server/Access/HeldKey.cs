namespace UsageReporting.Server.Access;

/// <summary>A key as the server has it: who shows it is known by its fingerprint.</summary>
/// <param name="Key">The key.</param>
/// <param name="Sha256">The SHA-256 of its text in UTF-8.</param>
internal sealed record HeldKey(UsageKey Key, byte[] Sha256)
{
    /// <summary>Whether it is for a product.</summary>
    public bool IsOf(string product) => Key.Product == product || Key.Product == UsageKey.EveryProduct;
}
