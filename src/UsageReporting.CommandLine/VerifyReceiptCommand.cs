using System.CommandLine;
using System.Security.Cryptography;

namespace UsageReporting.CommandLine;

/// <summary><c>usage verify-receipt</c>: whether receipts of what was erased are what the endpoint signed. Needs no network.</summary>
internal static class VerifyReceiptCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Argument<string?> file = new("file") { Description = CommandTexts.Help("HelpVerifyReceiptFile"), Arity = ArgumentArity.ZeroOrOne };
        Option<string?> key = new("--key") { Description = CommandTexts.Help("HelpVerifyReceiptKey") };
        Command command = new("verify-receipt", CommandTexts.Help("HelpVerifyReceipt")) { file, key };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            IReadOnlyList<string> receipts;
            try
            {
                receipts = action.Parsed.GetValue(file) is { } path
                    ? [await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)]
                    : await action.Reporter.GetReceiptsAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await action.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return ExitCode.Failure;
            }

            if (receipts.Count == 0)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("ReceiptNone")).ConfigureAwait(false);
            }

            bool areAllGood = true;
            foreach (string text in receipts)
            {
                (bool isGood, string line) = Check(text, action.Parsed.GetValue(key), action.Texts);
                areAllGood &= isGood;
                await action.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return areAllGood ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    // A key that came with the receipt says that nothing was changed since; whose key it is, only somebody else can say.
    private static (bool IsGood, string Line) Check(string text, string? key, UsageTexts texts)
    {
        if (ErasureReceipt.Parse(text) is not { } receipt)
        {
            return (false, texts.Get("ReceiptUnreadable"));
        }

        if ((key ?? receipt.PublicKey) is not { } publicKey)
        {
            return (false, EraseCommand.Line("ReceiptNoKey", receipt, texts));
        }

        return receipt.IsSignedBy(publicKey)
            ? (true, EraseCommand.Line(key is null ? "ReceiptSigned" : "ReceiptGenuine", receipt, texts, Fingerprint(publicKey)))
            : (false, EraseCommand.Line("ReceiptFalse", receipt, texts));
    }

    private static string Fingerprint(string key) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(key)));
}
