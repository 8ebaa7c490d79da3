using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Folders;

/// <summary>A place in one folder that uses a symbol of another.</summary>
internal sealed record FolderEdge(string File, int Line, SourceFile From, SourceFile To, string Symbol)
{
    public override string ToString() => $"src/{File}:{Line}: {From} → {To}: {Symbol}";
}
