namespace UsageReporting.Server;

/// <summary>What a key opens. None includes another.</summary>
[Flags]
public enum UsageKeyScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sending reports of the product.</summary>
    Report = 1,

    /// <summary>Reading the product's numbers that are not public.</summary>
    Read = 2,

    /// <summary>Erasing an installation of the product; of all products, the operator's pages.</summary>
    Admin = 4,
}
