using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace UsageReporting.TestSupport.Processes;

/// <summary>A program that runs beside the test. Whatever it does, it is gone when this is disposed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _commandLine;
    private readonly CapturedText _output = new();
    private readonly CapturedText _error = new();
    private readonly Task _reading;
    private readonly CancellationTokenSource _bound;

    private ChildProcess(Process process, string commandLine, TimeSpan bound)
    {
        _process = process;
        _commandLine = commandLine;
        _bound = new CancellationTokenSource(bound);
        _reading = Task.WhenAll(
            _output.ReadAllAsync(process.StandardOutput), _error.ReadAllAsync(process.StandardError));
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => _output.ToString();

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => _error.ToString();

    /// <summary>Starts a program.</summary>
    public static ChildProcess Start(string command, IEnumerable<string> arguments, ChildOptions? options = null)
    {
        options ??= new ChildOptions();
        string[] given = [.. arguments];
        ProcessStartInfo start = new()
        {
            FileName = command,
            WorkingDirectory = options.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.Input.Content is null)
        {
            // Process always gives a child some standard input; a shell can take it away again.
            start.FileName = "/bin/sh";
            given = ["-c", "exec \"$@\" <&-", "sh", command, .. given];
        }

        foreach (string argument in given)
        {
            start.ArgumentList.Add(argument);
        }

        options.ApplyTo(start.Environment);

        Process process = Process.Start(start)!;
        ChildProcess child = new(process, string.Join(' ', [command, .. arguments]), options.Bound);
        child.WriteInput(options.Input.Content ?? "");
        return child;
    }

    /// <summary>Starts a program and waits until it ends.</summary>
    /// <exception cref="TimeoutException">It did not end within the bound, and was killed.</exception>
    public static async Task<ChildResult> RunAsync(
        string command,
        IEnumerable<string> arguments,
        ChildOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        await using ChildProcess child = Start(command, arguments, options);
        return await child.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until a text stands in the standard output.</summary>
    public Task WaitForOutputAsync(string text, CancellationToken cancellationToken = default) =>
        WithinBoundAsync($"\"{text}\"", bound => _output.WaitForAsync(text, 0, bound), cancellationToken);

    /// <summary>Waits until it ends by itself.</summary>
    /// <exception cref="TimeoutException">It did not end within the bound.</exception>
    public async Task<ChildResult> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await WithinBoundAsync("its end", ExitAsync, cancellationToken);
        return new ChildResult(_process.ExitCode, Output, Error);

        async Task ExitAsync(CancellationToken bound)
        {
            await _process.WaitForExitAsync(bound);
            await _reading.WaitAsync(bound);
        }
    }

    /// <summary>Sends a Unix signal by its name, such as <c>TERM</c>, <c>INT</c>, <c>KILL</c> or <c>STOP</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start(
            "/bin/sh", ["-c", "kill -s \"$1\" \"$2\"", "sh", name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _bound.Dispose();
    }

    private async Task WithinBoundAsync(
        string what, Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _bound.Token);
        try
        {
            await wait(either.Token);
        }
        catch (Exception e) when (e is InvalidOperationException || (e is OperationCanceledException && _bound.IsCancellationRequested))
        {
            throw new TimeoutException($"Waited in vain for {what} of: {_commandLine}\nOutput:\n{Output}\nError:\n{Error}", e);
        }
    }

    private void WriteInput(string input)
    {
        try
        {
            using Stream stream = _process.StandardInput.BaseStream;
            stream.Write(Encoding.UTF8.GetBytes(input));
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it read all: its exit code tells.
        }
    }
}
