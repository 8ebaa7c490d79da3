namespace UsageReporting.Core.Schema;

/// <summary>
/// Names that mean the same in every schema. A schema opts into one by declaring it with the kind
/// given here; the library fills it.
/// </summary>
internal static class ReservedFields
{
    private static readonly Dictionary<string, UsageFieldKind> Kinds = new(StringComparer.Ordinal)
    {
        [ReportIdentity.DefaultName] = UsageFieldKind.Text,
        [IdentityFields.PeriodName] = UsageFieldKind.Text,
        [IdentityFields.NonceName] = UsageFieldKind.Text,
        [IdentityFields.FirstReportName] = UsageFieldKind.Flag,
        [IdentityFields.FirstInWeekName] = UsageFieldKind.Flag,
        [IdentityFields.FirstInMonthName] = UsageFieldKind.Flag,
        [IdentityFields.FirstEverName] = UsageFieldKind.Flag,
        [IdentityFields.EphemeralName] = UsageFieldKind.Flag,
        [IdentityFields.ErasureKeyName] = UsageFieldKind.Text,
    };

    // What the server writes itself; a client's own value for one of these is ignored.
    private static readonly HashSet<string> OfTheServer = new(StringComparer.Ordinal) { "id", "received" };

    private const string BelongsToTheServer =
        "the name belongs to the server, which ignores what a client sends under it";

    public static bool IsReserved(string name) => Kinds.ContainsKey(name);

    /// <summary>Whether the library fills it as a field; an id stands in the header.</summary>
    public static bool IsFilled(string name) => IsReserved(name) && name != ReportIdentity.DefaultName;

    public static string? Mistake(UsageField field)
    {
        if (OfTheServer.Contains(field.Name))
        {
            return BelongsToTheServer;
        }

        return Kinds.TryGetValue(field.Name, out UsageFieldKind kind) && kind != field.Kind
            ? $"the name is reserved for a field of kind {SchemaNames.Of(kind)}"
            : null;
    }

    /// <summary>What is wrong with the name of an id.</summary>
    public static string? Mistake(ReportIdentity identity)
    {
        if (OfTheServer.Contains(identity.Name))
        {
            return BelongsToTheServer;
        }

        return IsReserved(identity.Name) && identity.Name != ReportIdentity.DefaultName
            ? "the name is reserved for something else than an id"
            : null;
    }
}
