namespace UsageReporting.Server.Operators.Pages;

/// <summary>Something that an operator did.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Key">By which key: its id, which opens nothing.</param>
/// <param name="What">What it was.</param>
/// <param name="Product">Of which product; null where it was of none.</param>
/// <param name="IdSha256">
/// The SHA-256 of the installation's id, in hexadecimal digits, as a receipt of its erasure has it; null where it was of none.
/// </param>
internal sealed record AuditEntry(DateTime At, string Key, string What, string? Product = null, string? IdSha256 = null)
{
    /// <summary>What it was about beside that; null for nothing.</summary>
    public string? Of { get; init; }
}
