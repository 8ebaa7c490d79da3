namespace UsageReporting;

/// <summary>Where reports are written to a file, and how much of them is kept.</summary>
public sealed class FileSinkOptions
{
    /// <summary>The file: one report a line. A relative path counts from the current folder.</summary>
    /// <value>Required.</value>
    public string? Path { get; set; }

    /// <summary>
    /// Bytes, 131,072 to 1,073,741,824. A line that would make the file larger begins a new one; the full one becomes
    /// <c>path.1</c>, what was <c>path.1</c> becomes <c>path.2</c>, and so on.
    /// </summary>
    /// <value>Default 1,048,576.</value>
    public long MaxFileBytes { get; set; } = 1_048_576;

    /// <summary>Files that are kept, the current one among them, 1 to 100. The oldest is deleted for a new one.</summary>
    /// <value>Default 4.</value>
    public int MaxFiles { get; set; } = 4;
}
