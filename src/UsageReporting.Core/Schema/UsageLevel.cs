namespace UsageReporting;

/// <summary>How much a person agrees to report. Each level includes those before it.</summary>
public enum UsageLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What is needed to know how many installations of which release there are. The level of a field that names none.</summary>
    Basic,

    /// <summary>What is installed beside the application, such as its plugins.</summary>
    Middle,

    /// <summary>What of the application is used.</summary>
    Full,
}
