using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// The environment variables that switch reporting off: <c>DO_NOT_TRACK</c>, <c>{APP}_TELEMETRY_OPTOUT</c> and the
/// product's own mean off unless they are empty, <c>0</c> or <c>false</c>; <c>{APP}_USAGE_REPORTING</c> is <c>off</c>,
/// <c>local</c>, <c>debug</c> or <c>on</c>, and a misspelt one means off.
/// </summary>
internal sealed class EnvironmentSwitches(
    IMachine machine, string product, IEnumerable<string> ofTheProduct, UsageTexts texts)
    : IConsentSource
{
    private readonly string _reporting = NameFor(product);
    private readonly string[] _optOuts = ["DO_NOT_TRACK", Prefix(product) + "_TELEMETRY_OPTOUT", .. ofTheProduct];

    /// <summary>The product's name in upper case, every other character turned into an underscore.</summary>
    public static string Prefix(string product) =>
        string.Concat(product.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    /// <summary>The product's own variable.</summary>
    public static string NameFor(string product) => Prefix(product) + "_USAGE_REPORTING";

    public ConsentObjection? Objection() =>
        _optOuts.FirstOrDefault(name => MeansOff(machine.Variable(name))) is { } optOut
            ? new ConsentObjection(texts.Get("BecauseSet", optOut))
            : ObjectionOf(machine.Variable(_reporting)?.Trim());

    /// <summary>Whether the value of a variable that opts out does so.</summary>
    public static bool MeansOff(string? value) =>
        value?.Trim() is { Length: > 0 } text && text != "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private ConsentObjection? ObjectionOf(string? value) => value?.ToLowerInvariant() switch
    {
        null or "" or "on" => null,
        "off" => new ConsentObjection(texts.Get("BecauseOff", _reporting)),
        "local" => new ConsentObjection(texts.Get("BecauseLocal", _reporting), IsLocal: true),
        "debug" => new ConsentObjection(texts.Get("BecauseDebug", _reporting), IsLocal: true, IsPrinted: true),
        _ => new ConsentObjection(texts.Get("BecauseMisspelt", _reporting)),
    };
}
