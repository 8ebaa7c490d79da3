using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// The environment variables that switch reporting off: <c>DO_NOT_TRACK</c>, <c>{APP}_TELEMETRY_OPTOUT</c> and the
/// product's own mean off unless they are empty, <c>0</c> or <c>false</c>; one that the product spells <c>NAME=0</c> means off
/// unless it is empty, <c>1</c>, <c>true</c>, <c>yes</c> or <c>on</c>; <c>{APP}_USAGE_REPORTING</c> is <c>off</c>, <c>local</c>
/// or <c>on</c>, and a misspelt one means off.
/// </summary>
internal sealed class EnvironmentSwitches(
    IMachine machine, string product, IEnumerable<string> ofTheProduct, UsageTexts texts)
    : IConsentSource
{
    private const string OffWhenZero = "=0";

    private readonly string _reporting = Prefix(product) + "_USAGE_REPORTING";
    private readonly string[] _optOuts =
    [
        "DO_NOT_TRACK", Prefix(product) + "_TELEMETRY_OPTOUT", .. ofTheProduct.Where(name => !IsOptIn(name)),
    ];

    private readonly string[] _optIns = [.. ofTheProduct.Where(IsOptIn).Select(name => name[..^OffWhenZero.Length])];

    /// <summary>The product's name in upper case, every other character turned into an underscore.</summary>
    public static string Prefix(string product) =>
        string.Concat(product.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    public IReadOnlyList<string> Places => [.. _optOuts, .. _optIns, _reporting];

    public ConsentObjection? Objection() =>
        _optOuts.FirstOrDefault(name => MeansOff(machine.Variable(name))) is { } optOut
            ? new ConsentObjection(texts.Get("BecauseSet", optOut))
            : _optIns.FirstOrDefault(name => !MeansOn(machine.Variable(name))) is { } optIn
            ? new ConsentObjection(texts.Get("BecauseOff", optIn))
            : ObjectionOf(machine.Variable(_reporting)?.Trim());

    private static bool MeansOff(string? value) =>
        value?.Trim() is { Length: > 0 } text && text != "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool MeansOn(string? value) =>
        value?.Trim().ToLowerInvariant() is null or "" or "1" or "true" or "yes" or "on";

    private static bool IsOptIn(string name) => name.EndsWith(OffWhenZero, StringComparison.Ordinal);

    private ConsentObjection? ObjectionOf(string? value) => value?.ToLowerInvariant() switch
    {
        null or "" or "on" => null,
        "off" => new ConsentObjection(texts.Get("BecauseOff", _reporting)),
        "local" => new ConsentObjection(texts.Get("BecauseLocal", _reporting), IsLocal: true),
        _ => new ConsentObjection(texts.Get("BecauseMisspelt", _reporting)),
    };
}
