namespace UsageReporting.AspNetCore;

/// <summary>A level as it is spelt in a request.</summary>
internal static class LevelText
{
    public const string Rule = "It is basic, middle or full.";

    /// <summary>The level; null where the text is none.</summary>
    public static UsageLevel? Read(string? text) => text switch
    {
        "basic" => UsageLevel.Basic,
        "middle" => UsageLevel.Middle,
        "full" => UsageLevel.Full,
        _ => null,
    };
}
