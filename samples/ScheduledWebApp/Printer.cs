namespace ScheduledWebApp;

/// <summary>A printer, and what it is doing.</summary>
/// <param name="Name">What its owner calls it. Never reported.</param>
/// <param name="Type">What it is, a word of <see cref="FleetUsage.Types"/>.</param>
/// <param name="File">What it prints; null while it is idle. Never reported.</param>
/// <param name="Jobs">How many jobs it has done.</param>
internal sealed record Printer(string Name, string Type, string? File = null, int Jobs = 0);
