namespace UsageReporting;

/// <summary>One line of a preview.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The value as people read it, such as <c>1000–9999</c> or <c>yes</c>, with its details.</param>
public sealed record PreviewRow(string Label, string Value);
