using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Documentation;

[RequiresTool("git")]
public sealed class DocumentationTests
{
    [Test]
    public async Task Snippets_OfEveryPage_Compile()
    {
        string[] errors =
        [
            .. (await MarkdownFile.ListAsync()).SelectMany(page => page.Snippets()).SelectMany(snippet => snippet.Errors()),
        ];

        Assert.That(errors, Is.Empty, string.Join('\n', errors));
    }

    [Test]
    public async Task Links_OfEveryPage_LeadSomewhere()
    {
        string[] broken =
        [
            .. from page in await MarkdownFile.ListAsync()
               from link in page.Links()
               let path = RepositoryRoot.Combine(Path.GetDirectoryName(page.Path)!, link)
               where !Path.Exists(path)
               select $"{page.Path} → {link}",
        ];

        Assert.That(broken, Is.Empty, string.Join('\n', broken));
    }

    [Test]
    public async Task Readme_OfTheRepository_IsShort()
    {
        MarkdownFile? readme = (await MarkdownFile.ListAsync()).FirstOrDefault(page => page.Path == "README.md");

        Assert.That(readme?.Text.Count(c => c == '\n') ?? 0, Is.LessThan(120));
    }
}
