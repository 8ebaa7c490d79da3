using System.Diagnostics;

namespace UsageReporting.TestSupport.Processes;

/// <summary>
/// Runs a command in a real terminal, which util-linux's <c>script</c> (Debian's package bsdutils) provides. Tests that
/// use it carry <c>[RequiresTool("script", "bsdutils")]</c>.
/// </summary>
public static class PseudoTerminal
{
    // Whoever runs the tests in the background ignores SIGINT, and what they start would inherit that: Ctrl-C, typed
    // here, would do nothing.
    private const string Interruptible = "env --default-signal=INT";

    /// <summary>Runs a command, types, and waits until it ends.</summary>
    /// <param name="command">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="typed">What is typed at which prompt, in order.</param>
    /// <param name="options">Environment, folder and bound; the input is the terminal.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <returns>The exit code, and the screen as <see cref="ChildResult.Output"/> with <c>\n</c> for line ends.</returns>
    /// <exception cref="TimeoutException">A prompt did not appear, or the command did not end, within the bound.</exception>
    public static async Task<ChildResult> RunAsync(
        string command,
        IEnumerable<string> arguments,
        IEnumerable<Typed> typed,
        ChildOptions? options = null,
        int columns = 100)
    {
        options ??= new ChildOptions();
        string run = string.Join(' ', new[] { command }.Concat(arguments).Select(Quote));
        using Process process = Process.Start(StartOf($"stty cols {columns} rows 40; exec {Interruptible} {run}", options))!;
        CapturedText screen = new();
        CapturedText error = new();
        Task reading = Task.WhenAll(
            screen.ReadAllAsync(process.StandardOutput), error.ReadAllAsync(process.StandardError));
        using CancellationTokenSource bound = new(options.Bound);
        try
        {
            int position = 0;
            foreach (Typed entry in typed)
            {
                position = await screen.WaitForAsync(entry.Prompt, position, bound.Token);
                await process.StandardInput.WriteAsync(entry.Keys.AsMemory(), bound.Token);
                await process.StandardInput.FlushAsync(bound.Token);
            }

            await process.WaitForExitAsync(bound.Token);
            await reading.WaitAsync(bound.Token);
            return new ChildResult(process.ExitCode, Lines(screen), error.ToString());
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            throw new TimeoutException($"{e.Message} In the terminal ran: {run}\nThe screen:\n{Lines(screen)}", e);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo StartOf(string run, ChildOptions options)
    {
        ProcessStartInfo start = new("script", ["-qefc", run, "/dev/null"])
        {
            WorkingDirectory = options.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["TERM"] = "xterm";
        options.ApplyTo(start.Environment);

        return start;
    }

    private static string Lines(CapturedText screen) =>
        screen.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Quote(string argument) => $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
