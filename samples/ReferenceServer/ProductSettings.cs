using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>A product in <c>appsettings.json</c>.</summary>
internal sealed class ProductSettings
{
    /// <summary>The product's name, as its schema has it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The schema file; a relative path counts from the program's own folder.</summary>
    public string Schema { get; set; } = "";

    /// <summary>
    /// Where its reports are posted to: a route's pattern. With <c>{level?}</c> at its end each level can have an address of its
    /// own, which a network can close.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>Whether everybody may read its published numbers.</summary>
    public bool PublicStatistics { get; set; } = true;

    /// <summary>What an accepted report is answered: <c>NoContent</c>, or <c>Submission</c> with its number.</summary>
    public UsageAnswerStyle AnswerStyle { get; set; }

    /// <summary>The key that its reports are sent with; none where it is missing.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Reports of an installation that are looked at in an hour; any number where it is missing.</summary>
    public int? ReportsPerHour { get; set; }
}
