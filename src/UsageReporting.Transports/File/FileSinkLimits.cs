namespace UsageReporting.Transports.File;

/// <summary>How large and how long things may be, each with its reason.</summary>
internal static class FileSinkLimits
{
    /// <summary>The longest line with the newlines on both sides: no schema allows a report above 65,536 bytes.</summary>
    public const int LineBytes = 65_536 + 2;

    /// <summary>The smallest file holds any report, so that a new one always has room.</summary>
    public const long LeastFileBytes = 131_072;

    /// <summary>Larger ones are no longer opened by the tools that people look at them with.</summary>
    public const long MostFileBytes = 1_073_741_824;

    /// <summary>Each is moved when a new one begins.</summary>
    public const int MostFiles = 100;

    /// <summary>For others to finish their line, which takes milliseconds; as long as an attempt over HTTP.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at whether they have.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
}
