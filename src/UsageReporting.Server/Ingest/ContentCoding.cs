namespace UsageReporting.Server.Ingest;

/// <summary>How the bytes of a report are wrapped on their way.</summary>
internal enum ContentCoding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As one gzip member.</summary>
    Gzip,

    /// <summary>In a way that this server does not read.</summary>
    Other,
}
