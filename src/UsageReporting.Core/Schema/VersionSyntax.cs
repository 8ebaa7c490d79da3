namespace UsageReporting.Core.Schema;

/// <summary>The syntax of versions, in ASCII: other scripts' digits are not digits here.</summary>
internal static class VersionSyntax
{
    private const int FewestParts = 2;
    private const int MostParts = 4;

    public static bool IsVersion(ReadOnlySpan<char> text, int? parts)
    {
        if (text.Length > SchemaLimits.VersionLength)
        {
            return false;
        }

        int position = 0;
        int found = 0;
        while (true)
        {
            int digits = CountDigits(text[position..]);
            if (digits == 0 || ++found > MostParts)
            {
                return false;
            }

            position += digits;
            if (position == text.Length || text[position] != '.')
            {
                break;
            }

            position++;
        }

        return found >= FewestParts && (parts is null || found == parts) && IsSuffix(text[position..]);
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    // "-alpha.1", "+sha.5114f85" or both in this order (SemVer 2.0.0, 9 and 10).
    private static bool IsSuffix(ReadOnlySpan<char> suffix)
    {
        if (suffix.IsEmpty)
        {
            return true;
        }

        int plus = suffix.IndexOf('+');
        ReadOnlySpan<char> preRelease = plus < 0 ? suffix : suffix[..plus];
        return (preRelease.IsEmpty || (preRelease[0] == '-' && AreIdentifiers(preRelease[1..])))
            && (plus < 0 || AreIdentifiers(suffix[(plus + 1)..]));
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> identifiers)
    {
        foreach (Range range in identifiers.Split('.'))
        {
            ReadOnlySpan<char> identifier = identifiers[range];
            if (identifier.IsEmpty)
            {
                return false;
            }

            foreach (char c in identifier)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }
}
