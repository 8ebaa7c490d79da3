using System.CommandLine;
using System.Security.Cryptography;

namespace UsageReporting.CommandLine;

/// <summary>
/// <c>usage verify-receipt</c>: whether receipts of what was erased, or a certificate, are what the endpoint signed. Needs no network.
/// </summary>
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

    private static (bool IsGood, string Line) Check(string text, string? key, UsageTexts texts) =>
        ErasureReceipt.Parse(text) is { } receipt
            ? Check(
                texts.Get("ReceiptSays", receipt.Reports, receipt.Product, DateField.Write(receipt.ErasedAt)),
                receipt.PublicKey,
                receipt.IsSignedBy,
                key,
                texts)
            : UsageCertificate.Parse(text) is { } certificate
                ? Check(
                    texts.Get(
                        "CertificateSays", certificate.Installs, certificate.Of, certificate.Product, certificate.Window, certificate.Word, certificate.Field),
                    certificate.PublicKey,
                    certificate.IsSignedBy,
                    key,
                    texts)
                : (false, texts.Get("ReceiptUnreadable"));

    // A key that came with it says that nothing was changed since; whose key it is, only somebody else can say.
    private static (bool IsGood, string Line) Check(string says, string? own, Func<string, bool> isSignedBy, string? key, UsageTexts texts)
    {
        if ((key ?? own) is not { } publicKey)
        {
            return (false, texts.Get("ReceiptNoKey", says));
        }

        return !isSignedBy(publicKey) ? (false, texts.Get("ReceiptFalse", says))
            : key is null ? (true, texts.Get("ReceiptSigned", says, Fingerprint(publicKey)))
            : (true, texts.Get("ReceiptGenuine", says));
    }

    private static string Fingerprint(string key) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(key)));
}
