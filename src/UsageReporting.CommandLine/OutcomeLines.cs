namespace UsageReporting.CommandLine;

/// <summary>Tells a person what became of a report.</summary>
internal static class OutcomeLines
{
    public static async Task WriteAsync(TextWriter output, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
