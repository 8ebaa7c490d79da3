namespace UsageReporting.Core.State;

/// <summary>The names of what is kept, in the order in which a person is told of them.</summary>
internal static class UsageDocuments
{
    public const string Consent = "consent.json";
    public const string Id = "usage_uuid";
    public const string Secret = "usage_secret";
    public const string LastReport = "last_report";
    public const string NextDue = "next_due";
    public const string FrozenReport = "frozen_report.json";
    public const string History = "history.jsonl";

    /// <summary>What was counted: of all processes.</summary>
    public static IReadOnlyList<string> Tallies { get; } =
        [.. Enumerable.Range(0, ClientLimits.TallyFiles).Select(number => $"tallies_{number:00}.json")];

    public static IReadOnlyList<string> Names { get; } = [Consent, Id, Secret, LastReport, NextDue, FrozenReport, History];

    /// <summary>What may lie beside them in a folder of their own.</summary>
    public static IEnumerable<string> Others =>
        [FolderLock.Writing, FolderLock.Scheduled, .. Names.Concat(Tallies).Select(FileStateStore.AsideOf)];
}
