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

    /// <summary>The blocks of C#, each with what the page says about their surroundings.</summary>
    public IEnumerable<Snippet> Snippets()
    {
        string given = string.Concat(Given().Matches(Text).Select(match => match.Groups[1].Value));
        string types = string.Concat(Types().Matches(Text).Select(match => match.Groups[1].Value));
        Match[] blocks = CSharp().Matches(Text).ToArray();
        foreach (Match block in blocks)
        {
            int line = Text.AsSpan(0, block.Groups["code"].Index).Count('\n') + 1;
            yield return new Snippet(Path, line, block.Groups["code"].Value)
            {
                Given = given,
                Types = types,
                Others = [.. blocks.Where(other => other != block).Select(other => other.Groups["code"].Value)],
                IsInClass = block.Groups["class"].Success,
            };
        }
    }

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"<!-- given:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex Given();

    [GeneratedRegex(@"<!-- types:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex Types();

    [GeneratedRegex(
        @"^(?<class><!-- in: class -->\n)?```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
