using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>
/// Document 000's rules once more, written for clarity and without the code under test: what has to be stored of a
/// report, or null when it has to be refused.
/// </summary>
internal static partial class SlowOracle
{
    private static readonly string[] Required = ["uuid", "version", "channel", "install_type", "arch"];

    private static readonly string[] InstallTypes =
    [
        "kubernetes", "podman", "docker", "nixos", "snap", "flatpak", "distro", "release", "source", "debian", "ubuntu",
        "fedora", "rpm", "arch", "aur", "alpine", "gentoo", "freebsd", "openbsd", "homebrew", "macports", "unraid",
        "truenas", "synology", "yunohost",
    ];

    private static readonly Dictionary<string, Func<JsonElement, string?>> Rules = new()
    {
        ["uuid"] = v => Text(v, Uuid())?.ToLowerInvariant(),
        ["version"] = v => Text(v, Version()) is { Length: <= 64 } text ? text : null,
        ["channel"] = v => OneOf(v, "stable", "beta", "dev"),
        ["commit"] = v => Text(v, Token()),
        ["build_date"] = Date,
        ["install_type"] = v => OneOf(v, InstallTypes),
        ["arch"] = v => Text(v, Token()),
        ["python"] = v => Text(v, Token()),
        ["database"] = v => Text(v, Token()),
        ["doc_bucket"] = v => OneOf(v, "0-99", "100-999", "1000-9999", "10000-49999", "50000+"),
        ["multi_user"] = Flag,
        ["feature_mail"] = Flag,
        ["feature_ai"] = Flag,
    };

    public static Dictionary<string, string>? Judge(byte[] body)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 });
            return document.RootElement.ValueKind == JsonValueKind.Object && IsClean(document.RootElement)
                ? Judge(document.RootElement)
                : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Judge(JsonElement report)
    {
        Dictionary<string, string> stored = [];
        foreach (JsonProperty member in report.EnumerateObject())
        {
            if (Rules.TryGetValue(member.Name, out Func<JsonElement, string?>? rule))
            {
                if (rule(member.Value) is not { } value)
                {
                    return null;
                }

                stored.Add(member.Name, value);
            }
            else if (Rules.Keys.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return Required.All(stored.ContainsKey) ? stored : null;
    }

    // No name twice in any object, no half surrogate pair (GetString throws) or U+0000 anywhere.
    private static bool IsClean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => !element.GetString()!.Contains('\0'),
        JsonValueKind.Array => element.EnumerateArray().All(IsClean),
        JsonValueKind.Object => element.EnumerateObject().Select(m => m.Name).Distinct().Count() == element.EnumerateObject().Count()
            && element.EnumerateObject().All(m => !m.Name.Contains('\0') && IsClean(m.Value)),
        _ => true,
    };

    private static string? Text(JsonElement value, Regex pattern) =>
        value.ValueKind == JsonValueKind.String && pattern.IsMatch(value.GetString()!) ? value.GetString() : null;

    private static string? OneOf(JsonElement value, params string[] words) =>
        value.ValueKind == JsonValueKind.String ? words.SingleOrDefault(w => w == value.GetString()) : null;

    private static string? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => null,
    };

    private static string? Date(JsonElement value) =>
        Text(value, Instant()) is { } text
        && DateTime.TryParse(
            text[..19], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out _)
            ? $"{text[..19]}Z"
            : null;

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}\z")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|\+00:00)\z")]
    private static partial Regex Instant();
}
