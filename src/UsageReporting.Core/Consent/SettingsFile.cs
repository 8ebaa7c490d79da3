using System.Text;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Consent;

/// <summary>
/// A file of the person's that the host names, for this alone: a line <c>disable=1</c>, comments, and nothing else. As in a
/// variable, nothing, <c>0</c> and <c>false</c> do not switch off. What is misspelt, or cannot be read, means off.
/// </summary>
internal sealed class SettingsFile(IMachine machine, string? path, UsageTexts texts) : IConsentSource
{
    public IReadOnlyList<string> Places => path is null ? [] : [path];

    public ConsentObjection? Objection()
    {
        if (path is null || !machine.HasFile(path))
        {
            return null;
        }

        // What is cut off may be the line that matters.
        return machine.FileText(path) is { } text && Encoding.UTF8.GetByteCount(text) < IMachine.TextBytes
            ? text.TrimStart('\uFEFF').Split('\n').Select(line => Objection(path, line.Trim()))
                .FirstOrDefault(objection => objection is not null)
            : new ConsentObjection(texts.Get("BecauseUnreadable", path));
    }

    private ConsentObjection? Objection(string file, string line)
    {
        if (line is "" or ['#' or ';', ..])
        {
            return null;
        }

        return line.Split('=', 2) is not [var name, var value]
            || !name.Trim().Equals("disable", StringComparison.OrdinalIgnoreCase)
                ? new ConsentObjection(texts.Get("BecauseFileMisspelt", file))
                : EnvironmentSwitches.MeansOff(value)
                    ? new ConsentObjection(texts.Get("BecauseFileDisables", file, line))
                    : null;
    }
}
