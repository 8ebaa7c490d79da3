namespace UsageReporting;

/// <summary>How often one thing happened.</summary>
/// <param name="Field">The name of the field that it was counted for.</param>
/// <param name="Word">What happened; <c>total</c> for a field that is a single number.</param>
/// <param name="Number">How often.</param>
public sealed record CountedWord(string Field, string Word, long Number);
