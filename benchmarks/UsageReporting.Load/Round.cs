namespace UsageReporting.Load;

/// <summary>What one round of one subject came to.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Allocated">Managed memory of the server a request, in bytes.</param>
/// <param name="Processor">Microseconds of the server's processor time a request.</param>
internal readonly record struct Round(double PerSecond, double Allocated, double Processor);
