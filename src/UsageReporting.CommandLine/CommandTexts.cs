using System.Globalization;
using System.Resources;

namespace UsageReporting.CommandLine;

/// <summary>The package's own texts.</summary>
internal static class CommandTexts
{
    private static readonly ResourceManager Resources = new(typeof(CommandTexts));

    /// <summary>A text of the command line's help, which is written before there is a host that could have its own.</summary>
    public static string Help(string name) => Resources.GetString(name, CultureInfo.CurrentUICulture) ?? name;

    /// <summary>A text, the host's own where it has one.</summary>
    public static string Get(this UsageTexts texts, string name, params ReadOnlySpan<object?> values) =>
        texts.Get(Resources, name, values);
}
