namespace UsageReporting.TestSupport.Processes;

/// <summary>What a person types when the screen shows something.</summary>
/// <param name="Prompt">What to wait for; text that was there before the last answer does not count.</param>
/// <param name="Keys">The keys; <c>\n</c> is the return key and <c>\u0003</c> Ctrl-C.</param>
public sealed record Typed(string Prompt, string Keys);
