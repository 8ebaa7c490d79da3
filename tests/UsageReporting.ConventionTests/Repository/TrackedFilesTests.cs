using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Repository;

[RequiresTool("git")]
public sealed partial class TrackedFilesTests
{
    [Test]
    public async Task Files_InGit_NameNoFolderOfOneMachine()
    {
        List<string> found = [];
        foreach (string path in await TrackedFiles.ListAsync())
        {
            string text = await File.ReadAllTextAsync(RepositoryRoot.Combine(path), Encoding.Latin1);
            found.AddRange(text.Split('\n').Index().Where(line => FolderOfOneMachine().IsMatch(line.Item))
                .Select(line => $"{path}:{line.Index + 1}: {line.Item.Trim()}"));
        }

        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    [Test]
    public async Task Files_InGit_HoldNoResultsOfARun() =>
        Assert.That(
            (await TrackedFiles.ListAsync()).Where(path => path.Contains(".received.", StringComparison.Ordinal)), Is.Empty);

    [TestCase("cd /w" + "ork/main")]
    [TestCase("\"/tm" + "p/wt-infra/a\"")]
    [TestCase("/hom" + "e/someone/a")]
    public void FolderOfOneMachine_SuchAPath_IsFound(string line) => Assert.That(FolderOfOneMachine().IsMatch(line), Is.True);

    [TestCase("https://example.org/work/a")]
    [TestCase("src/work/a")]
    [TestCase("/tmp/wtf")]
    public void FolderOfOneMachine_OtherPath_IsNot(string line) => Assert.That(FolderOfOneMachine().IsMatch(line), Is.False);

    [GeneratedRegex(@"(?<![\w.~-])/(work/|tmp/wt-|(home|Users)/(?!runner\b)\w+/)")]
    private static partial Regex FolderOfOneMachine();
}
