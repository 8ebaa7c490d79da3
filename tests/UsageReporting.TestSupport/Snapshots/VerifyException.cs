namespace VerifyTests;

/// <summary>What a test produced is not what its snapshot says.</summary>
/// <param name="message">What differs, and where the files are.</param>
public sealed class VerifyException(string message) : Exception(message);
