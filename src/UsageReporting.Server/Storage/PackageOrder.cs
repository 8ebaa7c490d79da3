namespace UsageReporting.Server;

/// <summary>Which package comes first in a list.</summary>
public enum PackageOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>The one with the most installs.</summary>
    Installs,
}
