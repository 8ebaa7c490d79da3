using System.CommandLine;
using Microsoft.Extensions.Options;

namespace UsageReporting.CommandLine;

/// <summary>What each command has at hand while it runs.</summary>
/// <param name="Reporter">The application's reporter.</param>
/// <param name="Parsed">The command line.</param>
internal sealed record UsageAction(UsageReporter Reporter, ParseResult Parsed)
{
    public UsageTexts Texts => Reporter.Texts;

    public TextWriter Output => Parsed.InvocationConfiguration.Output;

    public TextWriter Error => Parsed.InvocationConfiguration.Error;

    /// <summary>Gives a command what it does. Mistakes in the host's set-up are misuse, a line each.</summary>
    public static void Set(
        Command command, Func<ParseResult, UsageReporter> reporter, Func<UsageAction, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            UsageAction action;
            try
            {
                action = new UsageAction(reporter(parsed), parsed);
            }
            catch (OptionsValidationException e)
            {
                foreach (string failure in e.Failures)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(failure).ConfigureAwait(false);
                }

                return ExitCode.Misuse;
            }

            int exitCode = await run(action, cancellationToken).ConfigureAwait(false);
            return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : exitCode;
        });
}
