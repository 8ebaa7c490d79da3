using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage explain</c>: what each field is, why it is asked for and what it may be.</summary>
internal static class ExplainCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Argument<string?> name = new("field")
        {
            Description = CommandTexts.Help("HelpExplainField"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> json = JsonOutput.Option();
        Option<bool> markdown = new("--markdown") { Description = CommandTexts.Help("HelpExplainMarkdown") };
        Command command = new("explain", CommandTexts.Help("HelpExplain")) { name, json, markdown };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            ReportSchema schema = action.Reporter.Schema;
            if (action.Parsed.GetValue(markdown))
            {
                await action.Output.WriteAsync(PrivacyPage.Of(schema, action.Texts)).ConfigureAwait(false);
                return ExitCode.Success;
            }

            string? wanted = action.Parsed.GetValue(name);
            FieldExplanation[] all = [.. FieldExplanation.Of(schema, action.Texts)];
            FieldExplanation[] explained = [.. all.Where(e => wanted is null || e.Name == wanted)];
            if (explained.Length == 0)
            {
                await action.Error.WriteLineAsync(action.Texts.Get("ExplainNone", wanted, string.Join(", ", all.Select(e => e.Name))))
                    .ConfigureAwait(false);
                return ExitCode.Misuse;
            }

            await (action.Parsed.GetValue(json)
                ? JsonOutput.WriteAsync(action, new JsonArray([.. explained.Select(Json)]))
                : action.Output.WriteLineAsync(string.Join("\n\n", explained.Select(e => e.Text)))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static JsonObject Json(FieldExplanation field) => new()
    {
        ["name"] = field.Name,
        ["label"] = field.Label,
        ["needed"] = field.Need,
        ["purpose"] = field.Purpose,
        ["values"] = field.Values,
    };
}
