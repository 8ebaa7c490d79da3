using System.Text.Json;
using UsageReporting;

namespace ConsentLevels;

/// <summary>What the viewer knows about itself and its use: read from <c>napari.json</c>, in place of a running viewer.</summary>
internal sealed record NapariSettings(
    string Version,
    string Python,
    string Platform,
    string System,
    string Architecture,
    IReadOnlyDictionary<string, string> Plugins,
    IReadOnlyDictionary<string, long> Commands,
    IReadOnlyDictionary<string, long> DataSizes,
    IReadOnlyList<string> LayerTypes,
    int Layers)
{
    public static NapariSettings Read() =>
        JsonSerializer.Deserialize<NapariSettings>(File.ReadAllText(Beside("napari.json")))!;

    /// <summary>The names of the plugins that everybody can find, as they are published today.</summary>
    public static Vocabulary PublicPlugins() =>
        Vocabulary.Catalogue("napari-plugins", File.ReadAllLines(Beside("napari-plugins.txt")));

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
