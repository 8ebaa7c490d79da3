namespace UsageReporting.Server;

/// <summary>What a host decides for one product.</summary>
public sealed class UsageProductOptions
{
    /// <value>
    /// Whether everybody may read the product's published numbers. Default <see langword="true"/>; otherwise readers need a
    /// key.
    /// </value>
    public bool PublicStatistics { get; set; } = true;
}
