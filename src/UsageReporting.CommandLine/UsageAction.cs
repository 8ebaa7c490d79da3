using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UsageReporting.CommandLine;

/// <summary>What each command has at hand while it runs.</summary>
/// <param name="Reporter">The application's reporter.</param>
/// <param name="Time">The clock.</param>
/// <param name="Parsed">The command line.</param>
internal sealed record UsageAction(UsageReporter Reporter, TimeProvider Time, ParseResult Parsed)
{
    public TextWriter Output => Parsed.InvocationConfiguration.Output;

    public TextWriter Error => Parsed.InvocationConfiguration.Error;

    /// <summary>Gives a command what it does. Mistakes in the host's set-up are misuse, a line each.</summary>
    public static void Set(
        Command command, Func<ParseResult, IServiceProvider> services, Func<UsageAction, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            UsageAction action;
            try
            {
                IServiceProvider provider = services(parsed);
                action = new UsageAction(
                    provider.GetRequiredService<UsageReporter>(), provider.GetRequiredService<TimeProvider>(), parsed);
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
