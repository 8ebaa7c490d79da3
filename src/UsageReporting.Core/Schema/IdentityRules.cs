namespace UsageReporting.Core.Schema;

/// <summary>
/// What a schema must have for the identity that it asks for, so that somebody can report by it. No part of
/// <see cref="SchemaRules"/>: a schema that a person agreed to once must be read also where nobody reports by it any more.
/// </summary>
internal static class IdentityRules
{
    /// <summary>What stands for the id in some report; these are never left out for their level, or as new.</summary>
    public static bool IsPartOfTheId(UsageField field) => field.Name
        is IdentityFields.PeriodName or IdentityFields.NonceName
        or IdentityFields.EphemeralName or IdentityFields.ErasureKeyName;

    /// <summary>Finds all mistakes.</summary>
    public static IEnumerable<string> MistakesIn(ReportSchema schema)
    {
        ReportIdentity identity = schema.Header.Identity;
        bool rotates = identity.Kind == IdentityKind.Rotating;
        if (rotates && schema.Find(IdentityFields.PeriodName) is null)
        {
            yield return "period: an id that rotates needs this field.";
        }

        if (schema.AllowsNoId && schema.Find(IdentityFields.NonceName) is null)
        {
            yield return "nonce: a report without an id needs this field.";
        }

        if (identity.Kind == IdentityKind.None && schema.Find(IdentityFields.ErasureKeyName) is not null)
        {
            yield return "erasure_key: without an id nothing is found that could be erased.";
        }

        // The id would be made of the same bytes as the secret that erases it.
        if (rotates && schema.Header.Product == "erase" && schema.Find(IdentityFields.ErasureKeyName) is not null)
        {
            yield return "product: an id that rotates and can be erased is not called \"erase\".";
        }

        foreach (UsageField field in schema.Fields)
        {
            if (IsPartOfTheId(field) && field.Level != UsageLevel.Basic)
            {
                yield return $"{field.Name}: the level must be basic.";
            }

            if (field is TextField text && Sample(identity, field.Name) is { } sample && !text.Allows(sample))
            {
                yield return $"{field.Name}: must allow what is sent, such as {sample}.";
            }

            if (field.Required && IsMissingSomewhere(schema, field))
            {
                yield return $"{field.Name}: cannot be required, because some reports do not have it.";
            }
        }
    }

    private static string? Sample(ReportIdentity identity, string name) => name switch
    {
        IdentityFields.PeriodName when identity.Kind == IdentityKind.Rotating =>
            ReportPeriod.Of(identity.Rotates, new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero)),
        IdentityFields.NonceName => "0123456789abcdef0123456789abcdef",
        IdentityFields.ErasureKeyName => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        _ => null,
    };

    private static bool IsMissingSomewhere(ReportSchema schema, UsageField field) => field.Name switch
    {
        IdentityFields.NonceName => schema.Header.Identity.Kind != IdentityKind.None,
        IdentityFields.EphemeralName => true,
        IdentityFields.PeriodName or IdentityFields.ErasureKeyName
            or IdentityFields.FirstReportName or IdentityFields.FirstEverName
            or IdentityFields.FirstInWeekName or IdentityFields.FirstInMonthName =>
            schema.Find(IdentityFields.EphemeralName) is not null,
        _ => false,
    };
}
