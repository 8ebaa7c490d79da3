namespace UsageReporting.Core.Composition;

/// <summary>A report, as exactly the bytes that would be sent.</summary>
/// <param name="Bytes">A JSON object in UTF-8.</param>
/// <param name="LeftOut">What it does not hold, and why.</param>
/// <param name="Missing">A required field without a value; such a report is shown but not sent.</param>
internal sealed record ComposedReport(
    ReadOnlyMemory<byte> Bytes, IReadOnlyList<LeftOutField> LeftOut, UsageField? Missing);
