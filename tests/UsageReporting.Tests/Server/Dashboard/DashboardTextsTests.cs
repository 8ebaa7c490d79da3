using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed partial class DashboardTextsTests
{
    private static string[] Names { get; } =
    [
        .. new ResourceManager(typeof(DashboardTexts)).GetResourceSet(CultureInfo.InvariantCulture, true, false)!
            .Cast<DictionaryEntry>().Select(text => (string)text.Key),
    ];

    [Test]
    public void Text_NamesInTheSource_AreAllThere()
    {
        string[] sources =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.Combine("src", "UsageReporting.Server", "Dashboard"), "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText),
        ];
        string[] words = [.. sources.SelectMany(source => Word().Matches(source)).Select(match => match.Groups[1].Value)];
        string[] used = [.. sources.SelectMany(source => Used().Matches(source)).Select(match => match.Groups[1].Value)];
        // What is put together of a name and a word.
        string[] composed = [.. Names.Where(name => name.StartsWith("View_", StringComparison.Ordinal) || name.StartsWith("Level_", StringComparison.Ordinal))];

        Assert.That(used, Has.Length.GreaterThan(60));
        Assert.That(used.Except(Names), Is.Empty, "these have no text");
        Assert.That(Names.Except([.. words, .. composed]), Is.Empty, "nobody reads these");
        Assert.That(composed, Has.Length.EqualTo(7));
    }

    [Test]
    public void Text_Values_AreFilledIn() =>
        Assert.That(DashboardTexts.Text("ProductTitle", "napari"), Is.EqualTo("napari: usage reports"));

    [GeneratedRegex("\"([A-Za-z0-9_]+)\"")]
    private static partial Regex Word();

    [GeneratedRegex("DashboardTexts\\.Text\\(\"([A-Za-z0-9_]+)\"")]
    private static partial Regex Used();
}
