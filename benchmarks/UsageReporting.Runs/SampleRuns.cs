using System.Diagnostics;

namespace UsageReporting.Runs;

/// <summary>Runs the command <c>startproject</c> of the sample DeveloperCli, a whole process each time.</summary>
internal sealed class SampleRuns : IDisposable
{
    // A build server, an agent or a wish of whoever measures would switch reporting off for all subjects alike.
    public static readonly string[] Unwanted =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "CLAUDECODE", "CURSOR_AGENT", "GEMINI_CLI", "CODEX_CLI", "DO_NOT_TRACK"];

    private readonly string _folder = Directory.CreateTempSubdirectory("usage-reporting-runs-").FullName;
    private readonly Endpoint _endpoint = new();
    private readonly string _program;

    public SampleRuns(string program) => _program = program;

    private string State => Path.Combine(_folder, "state");

    private string Waiting => Path.Combine(_folder, "waiting");

    /// <summary>The sample as it was built together with this program.</summary>
    public static string Built() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory.Replace(
            Path.Combine("benchmarks", "UsageReporting.Runs"), Path.Combine("samples", "DeveloperCli"), StringComparison.Ordinal),
        "DeveloperCli.dll"));

    /// <summary>The milliseconds of one run.</summary>
    public double Measure(Subject subject)
    {
        if (!Directory.Exists(Waiting))
        {
            MakeWaitingReport();
        }

        Directory.CreateDirectory(State);
        foreach (string file in Directory.GetFiles(Waiting))
        {
            File.Copy(file, Path.Combine(State, Path.GetFileName(file)));
        }

        double time = Run(subject, "startproject", "shop");
        Directory.Delete(State, recursive: true);
        return time;
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // A yes, and a report that never left. On a crowded machine the first run may end before the report is kept.
    private void MakeWaitingReport()
    {
        Run(Subject.Unreachable, "usage", "on", "--level", "basic");
        for (int i = 0; !File.Exists(Path.Combine(State, "frozen_report.json")); i++)
        {
            if (i == 50)
            {
                throw new InvalidOperationException("There is no report that waits.");
            }

            Run(Subject.Unreachable, "startproject", "shop");
        }

        Directory.Move(State, Waiting);
    }

    private double Run(Subject subject, params string[] arguments)
    {
        using CancellationTokenSource end = new();
        Task behaving = _endpoint.BehaveAsync(subject, end.Token);
        ProcessStartInfo start = new("dotnet", [
            _program, .. arguments, "--data-directory", State, "--endpoint", _endpoint.Address.AbsoluteUri])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        Array.ForEach(Unwanted, name => start.Environment.Remove(name));
        start.Environment["DEVELOPER_CLI_NO_ANALYTICS"] = subject == Subject.Off ? "1" : "";

        long begin = Stopwatch.GetTimestamp();
        using (Process process = Process.Start(start)!)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }

        double time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        end.Cancel();
        behaving.GetAwaiter().GetResult();
        _endpoint.Release();
        if (Directory.Exists(Path.Combine(_folder, "shop")))
        {
            Directory.Delete(Path.Combine(_folder, "shop"), recursive: true);
        }

        return time;
    }
}
