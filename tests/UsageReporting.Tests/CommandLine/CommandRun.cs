using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace UsageReporting.Tests.CommandLine;

/// <summary>Runs a command line as a program's <c>Main</c> does, and catches what it writes to the console.</summary>
internal static class CommandRun
{
    public static async Task<CommandResult> RunAsync(
        Func<ParseResult, IServiceProvider> services, string[] args, CancellationToken cancellationToken = default)
    {
        TextWriter output = Console.Out;
        TextWriter error = Console.Error;
        using StringWriter newOutput = new() { NewLine = "\n" };
        using StringWriter newError = new() { NewLine = "\n" };
        Console.SetOut(newOutput);
        Console.SetError(newError);
        try
        {
            RootCommand root = new("An application.") { UsageCommand.Create(parsed => services(parsed).GetRequiredService<UsageReporter>()) };
            int exitCode = await UsageCommandLine.RunAsync(root, args, cancellationToken);
            return new CommandResult(
                exitCode,
                newOutput.ToString().Replace(RootCommand.ExecutableName, "app", StringComparison.Ordinal),
                newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
