using System.CommandLine;
using System.Text;

namespace UsageReporting.CommandLine;

/// <summary><c>usage schema</c>: the schema as the JSON that a server loads.</summary>
internal static class SchemaCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Command command = new("schema", CommandTexts.Help("HelpSchema"));
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            await action.Output.WriteLineAsync(Encoding.UTF8.GetString(action.Reporter.Schema.ToJson()))
                .ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
