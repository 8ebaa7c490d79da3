using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>One way of installing, and the sign by which it is known.</summary>
/// <param name="Word">What is reported.</param>
/// <param name="Shows">Whether the sign is there.</param>
internal sealed record InstallTypeRow(string Word, Func<IMachine, bool> Shows);
