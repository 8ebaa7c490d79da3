using System.CommandLine;
using System.Text;

namespace UsageReporting.CommandLine;

/// <summary><c>usage schema</c>: the schema as the JSON that a server loads.</summary>
internal static class SchemaCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Command command = new("schema", "Print the schema of the reports as JSON, for a server to load.");
        UsageAction.Set(command, services, async (action, _) =>
        {
            await action.Output.WriteLineAsync(Encoding.UTF8.GetString(action.Reporter.Schema.ToJson()))
                .ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
