namespace UsageReporting.Core.Collectors;

/// <summary>The text of names that have no vocabulary, such as a commit or a processor architecture.</summary>
internal static class NamePattern
{
    public const string Pattern = "[A-Za-z0-9][A-Za-z0-9._+-]*";

    public const int MaxLength = 64;
}
