using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage explain</c>: what each field is, why it is asked for and what it may be.</summary>
internal static class ExplainCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Argument<string?> name = new("field")
        {
            Description = "The name of one field, as it is sent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("explain", "Explain what is reported, and why.") { name };
        UsageAction.Set(command, services, async (action, _) =>
        {
            string? wanted = action.Parsed.GetValue(name);
            FieldExplanation[] all = [.. FieldExplanation.Of(action.Reporter.Schema)];
            FieldExplanation[] explained = [.. all.Where(e => wanted is null || e.Name == wanted)];
            if (explained.Length == 0)
            {
                await action.Error.WriteLineAsync($"There is no field \"{wanted}\". There are: {string.Join(", ", all.Select(e => e.Name))}.")
                    .ConfigureAwait(false);
                return ExitCode.Misuse;
            }

            await action.Output.WriteLineAsync(string.Join("\n\n", explained.Select(e => e.Text))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
