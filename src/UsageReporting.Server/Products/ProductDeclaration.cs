namespace UsageReporting.Server.Products;

/// <summary>A product as the host declares it.</summary>
internal sealed record ProductDeclaration(string Name, string SchemaFile)
{
    public bool HasPublicStatistics { get; init; } = true;

    public UsageAnswerStyle AnswerStyle { get; init; }

    public string? ApiKey { get; init; }

    public int? ReportsPerHour { get; init; }
}
