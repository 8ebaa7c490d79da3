using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage erase</c>: has everything erased that was sent.</summary>
internal static class EraseCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("erase", CommandTexts.Help("HelpErase")) { json };
        UsageAction.Set(
            command, reporter, (action, cancellationToken) => RunAsync(action, isOff: false, action.Parsed.GetValue(json), cancellationToken));
        return command;
    }

    /// <summary>Erases, after a no for the future or without one, and says what became of it.</summary>
    public static async Task<int> RunAsync(UsageAction action, bool isOff, bool isJson, CancellationToken cancellationToken)
    {
        UsageErasure erasure = await action.Reporter.EraseAsync(isOff, cancellationToken).ConfigureAwait(false);
        if (!erasure.IsKept)
        {
            UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
            await action.Error.WriteLineAsync(action.Texts.Get("NotWritten", status.Place)).ConfigureAwait(false);
            return ExitCode.Failure;
        }

        if (isJson)
        {
            await JsonOutput.WriteAsync(action, Json(erasure)).ConfigureAwait(false);
            return ExitCode.Success;
        }

        foreach (ErasureReceipt receipt in erasure.Receipts)
        {
            await action.Output.WriteLineAsync(
                action.Texts.Get("Erased", receipt.Reports, receipt.Product, DateField.Write(receipt.ErasedAt))).ConfigureAwait(false);
        }

        (string Text, string Server)[] others =
        [
            .. erasure.MaybeErased.Select(server => ("EraseMaybe", server)),
            .. erasure.Waiting.Select(server => ("EraseWaits", server)),
            .. erasure.GivenUp.Select(server => ("EraseGivenUp", server)),
        ];
        foreach ((string text, string server) in others)
        {
            await action.Output.WriteLineAsync(action.Texts.Get(text, server)).ConfigureAwait(false);
        }

        if (erasure.Receipts.Count + others.Length == 0)
        {
            await action.Output.WriteLineAsync(action.Texts.Get("EraseNothing")).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static JsonObject Json(UsageErasure erasure) => new()
    {
        ["erased"] = new JsonArray([.. erasure.Receipts.Select(receipt => new JsonObject
        {
            ["product"] = receipt.Product,
            ["id_sha256"] = receipt.IdSha256,
            ["erased_at"] = DateField.Write(receipt.ErasedAt),
            ["reports"] = receipt.Reports,
        })]),
        ["waiting"] = Names(erasure.Waiting),
        ["maybe_erased"] = Names(erasure.MaybeErased),
        ["given_up"] = Names(erasure.GivenUp),
    };

    private static JsonArray Names(IEnumerable<string> servers) =>
        new([.. servers.Select(server => JsonValue.Create(server))]);
}
