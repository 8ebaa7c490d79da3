using System.Globalization;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Client;

/// <summary>
/// A small disk in memory at a folder, which only those see who are run on it; it is gone when this is disposed.
/// </summary>
internal sealed class ClientDisk : IAsyncDisposable
{
    private const int Page = 4_096;

    private readonly ChildProcess _holder;
    private readonly string _seen;

    private ClientDisk(ChildProcess holder, string folder)
    {
        _holder = holder;
        _seen = $"/proc/{Process}/root{folder}";
    }

    private string Process => _holder.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Mounts a disk, or skips the test where nothing may be mounted.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="options">What it is mounted with.</param>
    public static async Task<ClientDisk> MountAsync(string folder, string options)
    {
        await SmallDisk.RequireAsync();
        string[] command = [.. new SmallDisk(folder).Around(options), "sh", "-c", "echo mounted; exec sleep 1000"];
        ChildProcess holder = ChildProcess.Start(command[0], command[1..], new ChildOptions { Bound = TimeSpan.FromMinutes(5) });
        await holder.WaitForOutputAsync("mounted");
        return new ClientDisk(holder, folder);
    }

    /// <summary>Runs a program that sees the disk.</summary>
    public Task<ChildResult> RunAsync(IEnumerable<string> command, ChildOptions options) =>
        ChildProcess.RunAsync("nsenter", ["-t", Process, "-m", .. command], options);

    /// <summary>Fills the disk but for so many pages.</summary>
    public void Fill(int pagesLeft)
    {
        long size = new DriveInfo(_seen).AvailableFreeSpace - (pagesLeft * Page);
        Assert.That(size, Is.Positive);
        File.WriteAllBytes(Path.Combine(_seen, "filler"), new byte[size]);
    }

    /// <summary>Takes all names but so many.</summary>
    public void FillNames(int names, int left)
    {
        for (int i = 0; i < names - left; i++)
        {
            File.WriteAllBytes(Path.Combine(_seen, $"filler{i}"), []);
        }
    }

    /// <summary>Gives all of it back.</summary>
    public void Empty()
    {
        foreach (string file in Directory.EnumerateFiles(_seen, "filler*"))
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _holder.DisposeAsync();
}
