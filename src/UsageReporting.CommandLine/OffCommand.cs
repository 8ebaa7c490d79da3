using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage off</c>: a no for the future.</summary>
internal static class OffCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> erase = new("--erase") { Description = CommandTexts.Help("HelpOffErase") };
        Option<bool> json = JsonOutput.Option();
        Command command = new("off", CommandTexts.Help("HelpOff")) { erase, json };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            bool isJson = action.Parsed.GetValue(json);
            if (!action.Parsed.GetValue(erase) && (isJson || !await AskAsync(action, cancellationToken).ConfigureAwait(false)))
            {
                return await ChoiceLines.SetAsync(action, ConsentChoice.No, isJson).ConfigureAwait(false);
            }

            int exitCode = await EraseCommand.RunAsync(action, isOff: true, isJson, cancellationToken).ConfigureAwait(false);
            return exitCode == ExitCode.Success && !isJson
                ? await ChoiceLines.SayAsync(action).ConfigureAwait(false)
                : exitCode;
        });
        return command;
    }

    // Once the id is forgotten nobody can prove whose the reports were. Where nobody is at a terminal, nobody is asked.
    private static async Task<bool> AskAsync(UsageAction action, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || !await action.Reporter.CanEraseAsync().ConfigureAwait(false))
        {
            return false;
        }

        await action.Output.WriteAsync($"{action.Texts.Get("OffErase")} ".AsMemory(), cancellationToken).ConfigureAwait(false);
        await action.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        string? answer;
        try
        {
            answer = await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Who breaks the question off has said off all the same.
            await action.Output.WriteLineAsync().ConfigureAwait(false);
            return false;
        }

        return action.Texts.Get("OffEraseYes").Split(' ').Contains(answer?.Trim(), StringComparer.OrdinalIgnoreCase);
    }
}
