namespace UsageReporting.Server;

/// <summary>How installs of packages are counted.</summary>
public sealed class DownloadsOptions
{
    /// <summary>
    /// The packages that count: names such as <c>wp-plugin/akismet</c>, in which <c>*</c> stands for any vendor or any
    /// name.
    /// </summary>
    /// <value>None, which is right only where the host has an <see cref="IPackageCatalog"/> among its services.</value>
    public IList<string> Packages { get; } = [];

    /// <summary>The length of the time bucket in which a client's install counts once, in seconds.</summary>
    /// <value>3,600; from 1 to 86,400.</value>
    public int WindowSeconds { get; set; } = 3_600;

    /// <summary>
    /// Whether a job keeps the counters at most a second behind. Without it they stand still until
    /// <see cref="PackageCounters.RollUpAsync"/> is called.
    /// </summary>
    /// <value>True.</value>
    public bool RollUpInBackground { get; set; } = true;
}
