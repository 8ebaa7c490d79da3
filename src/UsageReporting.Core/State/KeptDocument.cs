namespace UsageReporting;

/// <summary>A small file, or a document of a host's own store, in which the library keeps what must last.</summary>
/// <param name="Place">Its full path, or its store and name.</param>
/// <param name="IsThere">Whether there is one just now; also one that cannot be read.</param>
public sealed record KeptDocument(string Place, bool IsThere);
