using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.TestSupport;

public sealed class TemporaryFolderTests
{
    [Test]
    public void Dispose_FolderWithoutRights_IsDeletedAllTheSame()
    {
        TemporaryFolder folder = new();
        string below = folder.Combine("below");
        Directory.CreateDirectory(below);
        File.WriteAllText(Path.Combine(below, "file"), "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(below, UnixFileMode.None);
        }

        folder.Dispose();

        Assert.That(folder.Path, Does.Not.Exist);
    }
}
