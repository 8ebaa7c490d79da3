namespace UsageReporting.Load;

/// <summary>What a server process has used.</summary>
/// <param name="Allocated">Managed memory, in bytes, collected or not.</param>
/// <param name="Processor">Time of all cores.</param>
internal readonly record struct Usage(long Allocated, TimeSpan Processor);
