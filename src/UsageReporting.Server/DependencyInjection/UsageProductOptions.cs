namespace UsageReporting.Server;

/// <summary>What a host decides for one product.</summary>
public sealed class UsageProductOptions
{
    /// <value>
    /// Whether everybody may read the product's published numbers. Default <see langword="true"/>; otherwise readers need a
    /// key.
    /// </value>
    public bool PublicStatistics { get; set; } = true;

    /// <value>What the sender of an accepted report is answered. Default <see cref="UsageAnswerStyle.NoContent"/>.</value>
    public UsageAnswerStyle AnswerStyle { get; set; }

    /// <value>
    /// A key that the product's reports are sent with, as <c>X-API-Key</c>, beside those that <see cref="UsageKeys"/> manages; the
    /// operator's key is as good. Inside an application that people install it is a label and no secret. Default
    /// <see langword="null"/>: none.
    /// </value>
    public string? ApiKey { get; set; }

    /// <value>
    /// How many reports of one installation each mapped path looks at in an hour of the clock, whatever becomes of them; more
    /// are answered with 429. Default <see langword="null"/>: any number, of which one in a window is accepted.
    /// </value>
    public int? ReportsPerHour { get; set; }
}
