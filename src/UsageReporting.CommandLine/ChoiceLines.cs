namespace UsageReporting.CommandLine;

/// <summary>Keeps a choice, and says how reporting stands then: a switch may be stronger than the choice.</summary>
internal static class ChoiceLines
{
    public static async Task<int> SetAsync(
        UsageAction action,
        ConsentChoice choice,
        bool isJson,
        UsageLevel level = UsageLevel.Full,
        TimeSpan? lasting = null)
    {
        if (!await action.Reporter.SetConsentAsync(choice, level, lasting).ConfigureAwait(false))
        {
            UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
            await action.Error.WriteLineAsync(action.Texts.Get("NotWritten", status.Place)).ConfigureAwait(false);
            return ExitCode.Failure;
        }

        return await SayAsync(action, isJson).ConfigureAwait(false);
    }

    /// <summary>Says how reporting stands.</summary>
    public static async Task<int> SayAsync(UsageAction action, bool isJson = false)
    {
        UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
        if (isJson)
        {
            await JsonOutput.WriteAsync(action, StatusCommand.Json(status)).ConfigureAwait(false);
            return ExitCode.Success;
        }

        string state = StatusCommand.StateOf(status, action.Texts);
        await action.Output.WriteLineAsync(action.Texts.Get("ChoiceKept", state, status.Decision.Because))
            .ConfigureAwait(false);
        if (status.Decision.State == ConsentState.On)
        {
            await action.Output.WriteLineAsync(
                action.Texts.Get("ChoiceOn", string.Join(", ", status.Destinations))).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
