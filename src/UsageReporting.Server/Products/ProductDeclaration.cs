namespace UsageReporting.Server.Products;

/// <summary>A product as the host declares it.</summary>
internal sealed record ProductDeclaration(string Name, string SchemaFile, bool HasPublicStatistics = true);
