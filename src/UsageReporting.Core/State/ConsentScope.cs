namespace UsageReporting;

/// <summary>For whom a choice counts.</summary>
public enum ConsentScope
{
    /// <summary>For the person who made it.</summary>
    User,

    /// <summary>For everybody who runs this copy of the application: it is kept beside it, once for an environment.</summary>
    Installation,

    /// <summary>For everybody on this machine.</summary>
    Machine,
}
