namespace UsageReporting.Core.Identity;

/// <summary>Where an installation's id comes from.</summary>
internal enum IdOrigin
{
    /// <summary>Drawn for this preview; it is kept with the yes, or forgotten.</summary>
    Drawn,

    /// <summary>The host had it before; it is kept here with the yes.</summary>
    Existing,

    /// <summary>It is kept here.</summary>
    Kept,
}
