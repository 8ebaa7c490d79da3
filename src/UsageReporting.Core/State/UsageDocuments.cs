namespace UsageReporting.Core.State;

/// <summary>The names of what is kept, in the order in which a person is told of them.</summary>
internal static class UsageDocuments
{
    public const string Consent = "consent.json";
    public const string Id = "usage_uuid";
    public const string Secret = "usage_secret";
    public const string LastReport = "last_report";
    public const string FrozenReport = "frozen_report.json";
    public const string History = "history.jsonl";

    public static IReadOnlyList<string> Names { get; } = [Consent, Id, Secret, LastReport, FrozenReport, History];
}
