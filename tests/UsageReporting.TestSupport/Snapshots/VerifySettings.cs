namespace VerifyTests;

/// <summary>How one snapshot is taken.</summary>
public sealed class VerifySettings
{
    internal bool ScrubsGuids { get; private set; } = true;

    internal bool ScrubsDateTimes { get; private set; } = true;

    internal string? FileName { get; private set; }

    /// <summary>Keeps GUIDs as they are: this snapshot's are fixed.</summary>
    public void DontScrubGuids() => ScrubsGuids = false;

    /// <summary>Keeps instants as they are: this snapshot's are fixed.</summary>
    public void DontScrubDateTimes() => ScrubsDateTimes = false;

    /// <summary>Names the file otherwise than after the test.</summary>
    /// <param name="fileName">The name without <c>.verified</c> and extension.</param>
    public void UseFileName(string fileName) => FileName = fileName;
}
