using System.Diagnostics.Metrics;

namespace UsageReporting.Server.Downloads;

/// <summary>Counts notified installs by what became of them, never by package or client.</summary>
internal sealed class DownloadMetrics
{
    private readonly Counter<long> _installs;

    public DownloadMetrics(IMeterFactory meters) => _installs = meters.Create(ServerMeter.Name).CreateCounter<long>(
        "usage_reporting.installs", "{install}", "Notified installs of packages, by outcome.");

    /// <summary>An install that was not counted before.</summary>
    public void Counted(int installs) => Add(installs, "counted");

    /// <summary>The same client's, in the same bucket.</summary>
    public void Repeated(int installs) => Add(installs, "repeated");

    /// <summary>Of a package that does not count.</summary>
    public void Unknown(int installs) => Add(installs, "unknown");

    /// <summary>An entry that is none.</summary>
    public void Malformed(int installs) => Add(installs, "malformed");

    /// <summary>Could not be stored just now. Nobody sends it again.</summary>
    public void Dropped(int installs) => Add(installs, "dropped");

    private void Add(int installs, string outcome)
    {
        if (installs > 0)
        {
            _installs.Add(installs, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
