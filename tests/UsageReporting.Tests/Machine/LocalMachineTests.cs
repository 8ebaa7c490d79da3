using System.Runtime.InteropServices;
using NUnit.Framework;
using UsageReporting.Core.Machine;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Machine;

public sealed class LocalMachineTests
{
    private readonly LocalMachine _machine = new();

    [Test]
    public void FileText_File_IsItsBeginning()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("small"), "debian\n");
        File.WriteAllText(folder.Combine("large"), new string('x', 1_000_000));

        Assert.That(_machine.FileText(folder.Combine("small")), Is.EqualTo("debian\n"));
        Assert.That(_machine.FileText(folder.Combine("large")), Has.Length.EqualTo(4_096));
    }

    [Test]
    public void FileText_NothingThatCanBeRead_IsNull()
    {
        using TemporaryFolder folder = new();

        Assert.That(_machine.FileText(folder.Combine("absent")), Is.Null);
        Assert.That(_machine.FileText(folder.Combine("absent", "below")), Is.Null);
        Assert.That(_machine.FileText(folder.Path), Is.Null);
    }

    [Test]
    public void CanWriteTo_Folder_IsFoundOutWithoutAFile()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("file"), "");

        Assert.That(_machine.CanWriteTo(folder.Path), Is.True);
        Assert.That(_machine.CanWriteTo(folder.Combine("not", "yet", "there")), Is.True);
        Assert.That(_machine.CanWriteTo(folder.Combine("file")), Is.False);
        Assert.That(_machine.CanWriteTo(folder.Combine("file", "below")), Is.False);
        Assert.That(_machine.CanWriteTo("/proc/1/below"), Is.EqualTo(OperatingSystem.IsWindows()));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder.Combine("file") }));
    }

    [Test, Platform("Linux")]
    public void FileSystemOf_Folder_IsThatOfWhatHoldsIt()
    {
        using TemporaryFolder folder = new();

        Assert.That(_machine.FileSystemOf("/dev/shm/not/yet/there"), Is.EqualTo("tmpfs"));
        Assert.That(_machine.FileSystemOf("/proc"), Is.EqualTo("proc"));
        Assert.That(_machine.FileSystemOf(folder.Path), Is.EqualTo(new DriveInfo(folder.Path).DriveFormat));
        Assert.That(_machine.FileSystemOf(folder.Combine("not", "yet")), Is.EqualTo(_machine.FileSystemOf(folder.Path)));
    }

    [Test]
    public void HasFile_Folder_IsNoFile()
    {
        using TemporaryFolder folder = new();

        Assert.That(_machine.HasFile(folder.Path), Is.False);
    }

    [Test]
    public void HasFile_WhereNobodyCanLook_MayBeThere()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder.Combine("loop"), folder.Combine("loop"));

        Assert.That(_machine.HasFile(folder.Combine("loop", "file")), Is.True);
        Assert.That(_machine.HasFile(folder.Combine("absent", "file")), Is.False);
        Assert.That(_machine.HasFile(""), Is.False);
    }

    [Test]
    public void Variable_SetAndNotSet_IsItsValueOrNull()
    {
        Assert.That(_machine.Variable("PATH"), Is.EqualTo(Environment.GetEnvironmentVariable("PATH")));
        Assert.That(_machine.Variable("USAGE_REPORTING_TESTS_SET_NO_SUCH_THING"), Is.Null);
        Assert.That(_machine.ApplicationFolder, Is.EqualTo(AppContext.BaseDirectory));
        Assert.That(_machine.ExecutablePath, Is.EqualTo(Environment.ProcessPath));
    }

    [Test]
    public void System_OfThisMachine_IsOneOfTheFamilies()
    {
        Assert.That(_machine.SystemFamily, Is.AnyOf("linux", "windows", "macos", "freebsd", "other"));
        Assert.That(_machine.SystemVersion, Is.EqualTo(Environment.OSVersion.Version));
        Assert.That(_machine.Architecture, Is.EqualTo(RuntimeInformation.OSArchitecture));
    }

    [Test]
    public void Process_OfTheTests_IsNoServiceAndNotOneFile()
    {
        Assert.That(_machine.ProcessId, Is.EqualTo(Environment.ProcessId));
        Assert.That(_machine.IsSingleFile, Is.False);
        Assert.That(_machine.IsWindowsService, Is.False);
    }
}
