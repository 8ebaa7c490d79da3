namespace UsageReporting.CommandLine;

/// <summary>Tells a person what became of a report.</summary>
internal static class OutcomeLines
{
    public static async Task WriteAsync(UsageAction action, ReportOutcome outcome)
    {
        foreach (string line in action.Reporter.Describe(outcome))
        {
            await action.Output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
