namespace UsageReporting.CommandLine;

/// <summary>Tells a person what became of a report.</summary>
internal static class OutcomeLines
{
    public static async Task WriteAsync(UsageAction action, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            await action.Output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
