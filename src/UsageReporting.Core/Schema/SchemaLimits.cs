namespace UsageReporting.Core.Schema;

/// <summary>How large a declaration may be. All limits of the schema, each with its reason.</summary>
internal static class SchemaLimits
{
    /// <summary>A table of the server has a column for each; SQLite and PostgreSQL hold far more.</summary>
    public const int Fields = 256;

    /// <summary>PostgreSQL cuts column names at 63 bytes; SQLite does not care.</summary>
    public const int NameLength = 63;

    /// <summary>A label stands in a table on an 80-column terminal.</summary>
    public const int LabelLength = 40;

    /// <summary>One sentence for a person.</summary>
    public const int SentenceLength = 300;

    /// <summary>Report objects within objects; the deepest of the seed documents needs three.</summary>
    public const int Depth = 4;

    /// <summary>Longer words are not words.</summary>
    public const int WordLength = 64;

    /// <summary>A vocabulary is written out in a schema that people read.</summary>
    public const int Words = 4_096;

    /// <summary>A catalogue of plugins; larger ones do not fit a schema that is fetched over the network.</summary>
    public const int CatalogueWords = 65_536;

    /// <summary>Entries of one set, counts or versions value, whatever its vocabulary holds.</summary>
    public const int Entries = 512;

    /// <summary>No release is called by a longer one.</summary>
    public const int VersionLength = 64;

    /// <summary>Text is short; longer things are not usage information.</summary>
    public const int TextLength = 256;

    /// <summary>A pattern that a reader of the schema can take in.</summary>
    public const int PatternLength = 256;

    /// <summary>Ranges that a chart can show.</summary>
    public const int Buckets = 64;

    /// <summary>The largest integer that every JSON reader holds exactly (RFC 8259, 6; RFC 8785, 3.2.2.3).</summary>
    public const long LargestInteger = (1L << 53) - 1;

    /// <summary>Below this not even an id and a version fit.</summary>
    public const int SmallestReport = 256;

    /// <summary>The ceiling of <c>maxBytes</c>: what a server reads into memory for anybody who sends it.</summary>
    public const int LargestReport = 65_536;

    /// <summary>A rolling window longer than a year counts nobody.</summary>
    public const int WindowDays = 366;
}
