using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// Whether a build server or an agent runs this process, where no person can be asked. An explicit act, such as
/// <c>--yes</c>, passes it; no other source can be passed.
/// </summary>
internal sealed class Automation(IMachine machine, UsageTexts texts) : IConsentSource
{
    // As the .NET SDK tells them, and the agents of today.
    private static readonly string[] Flags =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "APPVEYOR", "TRAVIS", "CIRCLECI", "GITHUB_COPILOT_CLI_MODE", "AGENT_CLI"];

    private static readonly string[] Names =
        ["TEAMCITY_VERSION", "JB_SPACE_API_URL", "CLAUDECODE", "CURSOR_EDITOR", "CURSOR_AGENT", "GEMINI_CLI", "CODEX_CLI"];

    private static readonly string[][] Together =
        [["CODEBUILD_BUILD_ID", "AWS_REGION"], ["BUILD_ID", "BUILD_URL"], ["BUILD_ID", "PROJECT_ID"]];

    public IReadOnlyList<string> Places => [.. Flags, .. Names, .. Together.Select(all => string.Join(" + ", all))];

    public ConsentObjection? Objection() =>
        (Flags.FirstOrDefault(IsTrue) ?? Names.FirstOrDefault(IsSet) ?? Together.FirstOrDefault(all => all.All(IsSet))?[0])
            is { } name
            ? new ConsentObjection(texts.Get("BecauseAutomation", name))
            : null;

    private bool IsSet(string name) => !string.IsNullOrEmpty(machine.Variable(name));

    private bool IsTrue(string name) =>
        machine.Variable(name)?.Trim().ToLowerInvariant() is "true" or "1" or "yes" or "on";
}
