namespace UsageReporting.Server.Validation;

/// <summary>One entry of a set (no value), counts (a number) or versions (a text) field.</summary>
/// <param name="Slot">The field's slot in its report.</param>
/// <param name="Word">The vocabulary's own word.</param>
/// <param name="Value">What belongs to the word.</param>
internal readonly record struct ReportEntry(int Slot, string Word, FieldValue Value);
