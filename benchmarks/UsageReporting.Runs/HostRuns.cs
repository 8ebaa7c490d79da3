using System.Diagnostics;
using System.Globalization;

namespace UsageReporting.Runs;

/// <summary>Ends hosts that are reporting, a whole process each time.</summary>
internal sealed class HostRuns : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("usage-reporting-hosts-").FullName;
    private readonly Endpoint _endpoint = new();

    /// <summary>The milliseconds of one end.</summary>
    public double Measure(Subject subject)
    {
        string state = Path.Combine(_folder, "state");
        using CancellationTokenSource end = new();
        Task behaving = _endpoint.BehaveAsync(subject, end.Token);
        ProcessStartInfo start = new("dotnet", [
            typeof(HostRuns).Assembly.Location, "host", _endpoint.Address.AbsoluteUri, state, subject == Subject.Off ? "no" : "yes"])
        {
            RedirectStandardOutput = true,
        };
        Array.ForEach(SampleRuns.Unwanted, name => start.Environment.Remove(name));
        string[] lines;
        using (Process process = Process.Start(start)!)
        {
            lines = process.StandardOutput.ReadToEnd().Split('\n');
            process.WaitForExit();
        }

        end.Cancel();
        behaving.GetAwaiter().GetResult();
        _endpoint.Release();
        Directory.Delete(state, recursive: true);
        return lines is [var ended, "unobserved 0", ..] && ended.StartsWith("ended ", StringComparison.Ordinal)
            ? double.Parse(ended["ended ".Length..], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"A host did not end as it should: {string.Join(' ', lines)}");
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
