namespace UsageReporting.Core.Consent;

/// <summary>That one of the sources says off.</summary>
/// <param name="Because">Why, naming what it is spelt like.</param>
/// <param name="IsLocal">Whether it only forbids to send.</param>
/// <param name="IsPrinted">Whether it asks for the report to be printed in the place of sending it.</param>
internal sealed record ConsentObjection(string Because, bool IsLocal = false, bool IsPrinted = false);
