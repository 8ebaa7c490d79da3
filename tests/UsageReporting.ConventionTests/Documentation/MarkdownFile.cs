using System.Text.RegularExpressions;
using UsageReporting.ConventionTests.Repository;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Documentation;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">Its path below the repository's root.</param>
/// <param name="Text">What it holds.</param>
internal sealed partial record MarkdownFile(string Path, string Text)
{
    public static async Task<IReadOnlyList<MarkdownFile>> ListAsync() =>
    [
        .. (await TrackedFiles.ListAsync()).Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .Select(path => new MarkdownFile(path, File.ReadAllText(RepositoryRoot.Combine(path)))),
    ];

    /// <summary>The links to files of the repository, without their fragments.</summary>
    public IEnumerable<string> Links() =>
        from match in Link().Matches(Fence().Replace(Text, ""))
        let target = match.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        select Uri.UnescapeDataString(target);

    /// <summary>The blocks of C#, each with what comments right above it say about its surroundings.</summary>
    public IEnumerable<Snippet> Snippets()
    {
        foreach (Match match in CSharp().Matches(Text))
        {
            string Part(string name) => match.Groups[name].Value;
            int line = Text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1;
            yield return new Snippet(Path, line, Part("code"), Part("given"), Part("types"), match.Groups["class"].Success);
        }
    }

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(
        @"^(?:<!--\s*(?:given:(?<given>.*?)|types:(?<types>.*?)|(?<class>in: class))\s*-->\n)*```csharp\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
