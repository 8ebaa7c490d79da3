namespace UsageReporting.Server.Operators;

/// <summary>What an operator wants could not be noted for certain, and must not be done.</summary>
/// <param name="cause">Why.</param>
internal sealed class NotNotedException(Exception cause) : Exception(cause.Message, cause);
