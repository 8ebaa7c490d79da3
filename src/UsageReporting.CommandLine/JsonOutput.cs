using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary>The option <c>--json</c>, for programs that read what a command says.</summary>
internal static class JsonOutput
{
    // For a terminal or a file, not for an HTML page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Option<bool> Option() => new("--json") { Description = CommandTexts.Help("HelpJson") };

    public static Task WriteAsync(UsageAction action, JsonNode json) =>
        action.Output.WriteLineAsync(json.ToJsonString(Readable));
}
