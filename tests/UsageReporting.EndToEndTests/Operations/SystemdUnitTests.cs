using System.Globalization;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>The unit, read by systemd's own tool. Whether it runs under systemd is not seen here: no test machine has to have it running.</summary>
[RequiresTool("systemd-analyze", "systemd")]
public sealed class SystemdUnitTests
{
    private const double MostExposed = 2.0;

    private static readonly string Unit = RepositoryRoot.Combine("ops", "systemd", "usage-reports.service");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // The command has to be there, which is not where the unit says on every machine.
    [Test]
    public async Task Verify_Unit_HasNoMistake()
    {
        string unit = _folder.Combine(Path.GetFileName(Unit));
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(Unit)).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));

        ChildResult result = await ChildProcess.RunAsync("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", unit]);

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((0, "", "")));
    }

    [Test]
    public async Task Security_Unit_IsExposedToLittle()
    {
        ChildResult result = await ChildProcess.RunAsync(
            "systemd-analyze",
            [
                "security", "--offline=true", "--no-pager",
                $"--threshold={(MostExposed * 10).ToString(CultureInfo.InvariantCulture)}", Unit,
            ]);

        TestContext.Out.WriteLine(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault());
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }
}
