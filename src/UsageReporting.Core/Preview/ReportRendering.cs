namespace UsageReporting;

/// <summary>What is sent of a report, exactly.</summary>
/// <param name="Text">One line of text; in UTF-8 it is what is sent.</param>
/// <param name="Destinations">Where it goes; none where no sink takes the report.</param>
public sealed record ReportRendering(string Text, IReadOnlyList<string> Destinations);
