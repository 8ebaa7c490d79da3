namespace UsageReporting.Server.Rollups;

/// <summary>The two kinds of windows for which numbers are made; windows of one kind never overlap.</summary>
internal enum WindowKind
{
    /// <summary>An ISO 8601 week, Monday to Sunday, UTC.</summary>
    Week,

    /// <summary>A calendar month, UTC.</summary>
    Month,
}
