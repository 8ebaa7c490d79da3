namespace ReferenceServer;

/// <summary>The part <c>Downloads</c> of the settings.</summary>
internal sealed class DownloadsSettings
{
    /// <summary>The packages that count, such as <c>wp-plugin/*</c>.</summary>
    public List<string> Packages { get; } = [];

    /// <summary>In so many seconds a client's install counts once.</summary>
    public int WindowSeconds { get; set; } = 3_600;

    /// <summary>Whether counters follow by themselves; otherwise the verb <c>aggregate</c> brings them up to date.</summary>
    public bool RollUpInBackground { get; set; } = true;
}
