using NUnit.Framework;

namespace UsageReporting.ConventionTests.Documentation;

public sealed class MarkdownFileTests
{
    [TestCase("```csharp\nusing UsageReporting;\nvar field = UsageField.Flag(\"a\", \"A\", \"Why.\");\n```")]
    [TestCase("```csharp\npublic sealed record A;\n```")]
    [TestCase("```csharp\nbuilder.Services.AddOptions();\n```\n<!-- given: WebApplicationBuilder builder; IHost host -->")]
    [TestCase("<!-- given: IHost host -->\n```csharp\nvar host = 1;\nhost++;\n```")]
    [TestCase("```csharp\npublic sealed record A;\n```\n```csharp\nA a = new();\n```")]
    [TestCase("```csharp\npublic sealed record A;\n```\n```csharp\npublic sealed record A(int B);\n```")]
    [TestCase("<!-- types:\nclass Db { public int Count; }\n-->\n```csharp\nint count = new Db().Count;\n```")]
    [TestCase("<!-- in: class -->\n```csharp\nvoid M() { }\n```")]
    [TestCase("```sh\nnot C#\n```")]
    public void Snippets_GoodCode_Compiles(string text) => Assert.That(Errors(text), Is.Empty);

    [TestCase("one\n\n```csharp\nint a = 1;\nint b = missing;\n```\n", "page.md:5: ")]
    [TestCase("```csharp\nusing UsageReporting;\nUsageField.Missing();\n```\n", "page.md:3: ")]
    [TestCase("<!-- in: class -->\n```csharp\nvoid M() { missing(); }\n```", "page.md:3: ")]
    public void Snippets_BadCode_IsNamedWithThePagesLine(string text, string start) =>
        Assert.That(Errors(text), Has.Exactly(1).StartsWith(start));

    [Test]
    public void Links_ToFiles_AreFoundOutsideOfCodeAndWithoutTheirFragments() =>
        Assert.That(
            new MarkdownFile(
                "page.md",
                "[a](docs/a.md#part) [b](https://example.org/b) [c](#here) ![d](<d.svg> \"D\")\n```\n[e](e.md)\n```\n").Links(),
            Is.EqualTo(new[] { "docs/a.md", "d.svg" }));

    private static IEnumerable<string> Errors(string text) =>
        new MarkdownFile("page.md", text).Snippets().SelectMany(snippet => snippet.Errors());
}
