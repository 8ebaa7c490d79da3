using System.Text.Json;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// What the organisation says that runs the machine, for all applications of the library or for some: files such as
/// <c>/etc/usage-reporting.d/off.json</c> with <c>{"reporting":"off"}</c>, and perhaps <c>"products":["paperless-ngx"]</c>.
/// What cannot be read means off.
/// </summary>
internal sealed class PolicyFiles(IMachine machine, string product, UsageTexts texts) : IConsentSource
{
    private readonly string _folder = machine.SystemFamily == "windows"
        ? Path.Combine(machine.Variable("ProgramData") ?? @"C:\ProgramData", "usage-reporting.d")
        : "/etc/usage-reporting.d";

    public IReadOnlyList<string> Places => [Path.Combine(_folder, "*.json")];

    public ConsentObjection? Objection() => machine.FilesIn(_folder) is { } files
        ? files.Where(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(Objection)
            .OfType<ConsentObjection>()
            .OrderBy(objection => objection.IsLocal)
            .FirstOrDefault()
        : new ConsentObjection(texts.Get("BecauseUnreadable", _folder));

    private ConsentObjection? Objection(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(machine.FileText(file) ?? "");
            JsonElement policy = document.RootElement;
            if (policy.TryGetProperty("products", out JsonElement products)
                && !products.EnumerateArray().Any(name => name.ValueEquals(product)))
            {
                return null;
            }

            return policy.GetProperty("reporting").GetString() switch
            {
                "on" => null,
                "local" => new ConsentObjection(texts.Get("BecauseFileLocal", file), IsLocal: true),
                "off" => new ConsentObjection(texts.Get("BecauseFileOff", file)),
                _ => new ConsentObjection(texts.Get("BecauseUnreadable", file)),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ConsentObjection(texts.Get("BecauseUnreadable", file));
        }
    }
}
