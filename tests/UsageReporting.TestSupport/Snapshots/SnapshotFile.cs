using VerifyTests;

namespace UsageReporting.TestSupport.Snapshots;

/// <summary>The <c>.verified.</c> file that a person approved, and the <c>.received.</c> file of a test that differs.</summary>
internal sealed class SnapshotFile(string folder, string name, string extension)
{
    private readonly string _verified = Path.Combine(folder, $"{name}.verified.{extension}");
    private readonly string _received = Path.Combine(folder, $"{name}.received.{extension}");

    public void Compare(string text)
    {
        if (!File.Exists(_verified))
        {
            Refuse(text, "There is no snapshot yet.");
        }
        else if (Scrubber.NormaliseLineEnds(File.ReadAllText(_verified)) is var expected && expected != text)
        {
            Refuse(text, FirstDifference(expected, text));
        }

        File.Delete(_received);
    }

    internal static string FirstDifference(string expected, string actual)
    {
        string[] expectedLines = expected.Split('\n');
        string[] actualLines = actual.Split('\n');
        int line = 0;
        while (line < Math.Min(expectedLines.Length, actualLines.Length) && expectedLines[line] == actualLines[line])
        {
            line++;
        }

        return $"Line {line + 1} differs.\n  expected: {LineOrEnd(expectedLines, line)}\n  actual:   {LineOrEnd(actualLines, line)}";
    }

    private static string LineOrEnd(string[] lines, int line) => line < lines.Length ? lines[line] : "(end of text)";

    private void Refuse(string text, string why)
    {
        File.WriteAllText(_received, text);
        throw new VerifyException(
            $"{why}\n  received: {_received}\n  verified: {_verified}\nIf the received text is right, move it over the verified one.");
    }
}
