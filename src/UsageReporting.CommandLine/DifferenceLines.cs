namespace UsageReporting.CommandLine;

/// <summary>What reports hold today against what a person agreed to, field by field, as people know it from patches.</summary>
internal static class DifferenceLines
{
    public static IReadOnlyList<string> Of(ReportSchema agreed, ReportSchema today, ConsentDecision decision, UsageTexts texts)
    {
        Dictionary<string, FieldExplanation> then = Explain(agreed, decision.Level, texts);
        Dictionary<string, FieldExplanation> now = Explain(today, decision.Level, texts);
        List<string> lines = [];
        foreach (FieldExplanation field in now.Values)
        {
            string? before = then.GetValueOrDefault(field.Name)?.Values;
            if (before == field.Values)
            {
                continue;
            }

            if (before is not null)
            {
                lines.Add($"- {field.Label}: {before}");
            }

            string added = $"+ {field.Label}: {field.Values}";
            lines.Add(decision.Paused.Any(paused => paused.Name == field.Name) ? $"{added} {texts.Get("DifferenceWaits")}" : added);
        }

        lines.AddRange(then.Values.Where(field => !now.ContainsKey(field.Name)).Select(field => $"- {field.Label}: {field.Values}"));
        return lines.Count > 0 ? lines : [texts.Get("DifferenceNone")];
    }

    private static Dictionary<string, FieldExplanation> Explain(ReportSchema schema, UsageLevel level, UsageTexts texts) =>
        FieldExplanation.Of(schema, texts)
            .Where(field => (schema.Find(field.Name)?.Level ?? UsageLevel.Basic) <= level)
            .ToDictionary(field => field.Name, StringComparer.Ordinal);
}
