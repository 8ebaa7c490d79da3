using System.Globalization;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// A server's folder on a disk of its own, small and in memory, which no other process sees and which is gone with the
/// server. It is reached through the server's own view of the file system.
/// </summary>
internal sealed class SmallDisk(string folder)
{
    private const int Page = 4_096;

    private string _seen = "";
    private string _process = "";

    /// <summary>The command that runs another one on the disk.</summary>
    /// <param name="options">What the disk is mounted with.</param>
    public string[] Around(string options) =>
    [
        "unshare", "-m", "sh", "-c", "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"", "sh", options, folder,
    ];

    /// <summary>Skips the test, or lets it fail, where nothing may be mounted.</summary>
    public static async Task RequireAsync()
    {
        using TemporaryFolder folder = new();
        ChildResult mounted = await ChildProcess.RunAsync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", folder.Path]);
        if (mounted.ExitCode != 0)
        {
            Missing.Skip($"needs the right to mount: {mounted.Error}");
        }
    }

    /// <summary>Looks through the eyes of this process from now on.</summary>
    public void SeeThrough(ServerProcess server)
    {
        _process = server.Process.Id.ToString(CultureInfo.InvariantCulture);
        _seen = $"/proc/{_process}/root{folder}";
    }

    /// <summary>Fills the disk but for so many pages.</summary>
    public void Fill(int pagesLeft)
    {
        long size = new DriveInfo(_seen).AvailableFreeSpace - (pagesLeft * Page);
        File.WriteAllBytes(Path.Combine(_seen, "filler"), new byte[Math.Max(0, size)]);
    }

    public void Empty() => File.Delete(Path.Combine(_seen, "filler"));

    /// <summary>The lines that SQLite's shell answers.</summary>
    public async Task<string[]> QueryAsync(string sql)
    {
        ChildResult shell = await ChildProcess.RunAsync(
            "nsenter", ["-t", _process, "-m", "sqlite3", "-readonly", Path.Combine(folder, "usage.db"), sql]);
        Assert.That(shell.Error, Is.Empty);
        return shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
