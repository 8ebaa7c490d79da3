namespace UsageReporting.Server.Sql;

/// <summary>Reads reports in portions, and rests between them: storing goes first.</summary>
internal static class ReportPortions
{
    /// <param name="readSome">Reads down from a row number, and says the lowest that it read; null where there was nothing left.</param>
    /// <param name="last">The row number to begin with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ReadAsync(Func<long, Task<long?>> readSome, long last, CancellationToken cancellationToken)
    {
        // The machine's own clock: this is about its load.
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (await readSome(last) is { } lowest)
        {
            last = lowest - 1;
            TimeSpan rest = ServerLimits.RestsFor * time.GetElapsedTime(start);
            await Task.Delay(rest < ServerLimits.LongestRest ? rest : ServerLimits.LongestRest, time, cancellationToken);
            start = time.GetTimestamp();
        }
    }
}
