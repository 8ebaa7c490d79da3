using UsageReporting.Server.Products;

namespace UsageReporting.Server.DependencyInjection;

/// <summary>What a host has declared, in the order in which it did.</summary>
internal sealed class UsageReportingServerOptions
{
    public List<ProductDeclaration> Products { get; } = [];

    /// <summary>The storage engines, by name; exactly one is right.</summary>
    public List<string> Engines { get; } = [];
}
