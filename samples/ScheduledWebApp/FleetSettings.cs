namespace ScheduledWebApp;

/// <summary>The settings: in <c>appsettings.json</c>, the environment, or on the command line.</summary>
internal sealed class FleetSettings
{
    /// <summary>Where reports are sent, if somebody agrees: by default a ReferenceServer on this machine.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The key that the endpoint asks for.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Days from one report to the next.</summary>
    public int IntervalDays { get; set; } = 7;

    /// <summary>Where the choice, the id and what was counted are kept; by default in the user's own folder for such things.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>How often something happens in the fleet, which is none; 0 for never.</summary>
    public int SimulateEverySeconds { get; set; }

    /// <summary>The release that this plays.</summary>
    public string Version { get; set; } = "";

    /// <summary>The Python that this plays to run on.</summary>
    public string Python { get; set; } = "";
}
