using System.CommandLine;
using System.CommandLine.Parsing;
using UsageReporting.CommandLine;

namespace UsageReporting;

/// <summary>Runs a command line with the exit codes of the <c>usage</c> commands.</summary>
public static class UsageCommandLine
{
    // How long a command may take, after Ctrl-C, to say what was sent and what was not. It takes no time, but on a
    // machine that is busy with other things.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs a command. A command line that cannot be understood costs one line on the error stream and exit code 2,
    /// rather than a page of help.
    /// </summary>
    /// <param name="root">The application's command line, with <see cref="UsageCommand"/> somewhere in it.</param>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="cancellationToken">Interrupts, as Ctrl-C does.</param>
    /// <returns>0, also where nothing could be sent; 1 where a check or <c>reset-id</c> failed; 2 for misuse; 130 after an interruption.</returns>
    public static async Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(root);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            InvocationConfiguration configuration = new() { ProcessTerminationTimeout = LastWords };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }

        // For a misspelt command the first error says that one is missing, the last which word is not known.
        ParseError error = parsed.Errors[^1];
        await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
        return ExitCode.Misuse;
    }
}
