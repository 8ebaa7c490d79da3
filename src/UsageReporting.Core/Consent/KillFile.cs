using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// A file <c>usage-reporting.off</c> beside the application, with which a packager or a fork switches reporting off for
/// everyone.
/// </summary>
internal sealed class KillFile(IMachine machine, UsageTexts texts) : IConsentSource
{
    private readonly string _path = Path.Combine(machine.ApplicationFolder, "usage-reporting.off");

    public IReadOnlyList<string> Places => [_path];

    public ConsentObjection? Objection() =>
        machine.HasFile(_path) ? new ConsentObjection(texts.Get("BecauseFileThere", _path)) : null;
}
