using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Transports;

public sealed class FileReportSinkTests
{
    private const string Earlier = """{"uuid":"earlier"}""";

    private static readonly DeliveryResult Accepted = new DeliveryResult.Accepted();

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = _folder.Combine("reports.jsonl");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task DeliverAsync_TwoReports_AreALineEachAsTheyAre()
    {
        IReportSink sink = Sink();

        Assert.That(await DeliverAsync(sink), Is.EqualTo(Accepted));
        Assert.That(await DeliverAsync(sink, """{"å":"🦆"}"""), Is.EqualTo(Accepted));

        Assert.That(
            await File.ReadAllBytesAsync(_path),
            Is.EqualTo(Encoding.UTF8.GetBytes(Paperless.Report + "\n" + """{"å":"🦆"}""" + "\n")));
        Assert.That(sink.Destination, Is.EqualTo(_path));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task DeliverAsync_NewFolder_CanBeReadByItsOwnerOnly()
    {
        _path = _folder.Combine("reports", "usage.jsonl");

        await DeliverAsync(Sink());

        Assert.That(Convert.ToString((int)File.GetUnixFileMode(_folder.Combine("reports")), 8), Is.EqualTo("700"));
        Assert.That(Convert.ToString((int)File.GetUnixFileMode(_path), 8), Is.EqualTo("600"));
    }

    [TestCase(Earlier + "\n", Earlier + "\n")]
    [TestCase(Earlier + "\n{\"uuid\":\"f8", Earlier + "\n")]
    [TestCase("{", "")]
    [TestCase(Earlier, Earlier + "\n")]
    public async Task DeliverAsync_LineCutOffByAKill_IsGoneBeforeTheNext(string before, string kept)
    {
        await File.WriteAllTextAsync(_path, before);

        await DeliverAsync(Sink());

        Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo(kept + Paperless.Report + "\n"));
    }

    [Test]
    public async Task DeliverAsync_FileOfSomebodyElse_LosesNothing()
    {
        string foreign = new('x', 100_000);
        await File.WriteAllTextAsync(_path, foreign);

        await DeliverAsync(Sink());

        Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo(foreign + "\n" + Paperless.Report + "\n"));
    }

    [TestCase(Paperless.Report + "\n", 1, Description = "killed between the line and the note that it is there")]
    [TestCase(Paperless.Report, 1)]
    [TestCase(Earlier + "\n" + Paperless.Report + "\n", 2)]
    [TestCase(Earlier + "\n", 2)]
    [TestCase(Paperless.Report + "\n" + Earlier + "\n", 3)]
    [TestCase(Paperless.Report + "\n" + "{\"uuid\":", 2)]
    public async Task DeliverAsync_Repeat_IsWrittenUnlessItIsTheLastLine(string before, int lines)
    {
        await File.WriteAllTextAsync(_path, before);

        Assert.That(await DeliverAsync(Sink(), isRepeat: true), Is.EqualTo(Accepted));

        Assert.That(await File.ReadAllLinesAsync(_path), Has.Length.EqualTo(lines).And.Some.EqualTo(Paperless.Report));
    }

    [Test]
    public async Task DeliverAsync_SameReportThatIsNoRepeat_IsASecondLine()
    {
        IReportSink sink = Sink();
        await DeliverAsync(sink);
        await DeliverAsync(sink);

        Assert.That(await File.ReadAllLinesAsync(_path), Has.Length.EqualTo(2));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public async Task DeliverAsync_FileIsFull_BeginsANewOneAndKeepsSome(int files)
    {
        IReportSink sink = Sink(file => (file.MaxFileBytes, file.MaxFiles) = (131_072, files));

        // Two of these fit a file.
        foreach (int number in Enumerable.Range(0, 20))
        {
            await DeliverAsync(sink, Large(number));
        }

        string[] names = [_path, .. Enumerable.Range(1, files - 1).Select(age => $"{_path}.{age}")];
        Assert.That(Directory.GetFiles(_folder.Path), Is.EquivalentTo([.. names, $"{_path}.lock"]));
        Assert.That(
            names.Reverse().SelectMany(File.ReadAllLines),
            Is.EqualTo(Enumerable.Range(20 - (2 * files), 2 * files).Select(Large)));
        Assert.That(names.Select(name => new FileInfo(name).Length), Is.All.LessThanOrEqualTo(131_072));
    }

    [Test(Description = "killed between two renames")]
    public async Task DeliverAsync_GapAmongTheFullOnes_LosesNothing()
    {
        IReportSink sink = Sink(file => (file.MaxFileBytes, file.MaxFiles) = (131_072, 4));
        await File.WriteAllTextAsync(_path + ".2", Earlier + "\n");
        foreach (int number in Enumerable.Range(0, 3))
        {
            await DeliverAsync(sink, Large(number));
        }

        Assert.That(await File.ReadAllLinesAsync(_path + ".3"), Is.EqualTo(new[] { Earlier }));
        Assert.That(await File.ReadAllLinesAsync(_path + ".1"), Is.EqualTo(new[] { Large(0), Large(1) }));
        Assert.That(await File.ReadAllLinesAsync(_path), Is.EqualTo(new[] { Large(2) }));
    }

    [Test]
    public async Task DeliverAsync_ManyAtOnce_DoNotMix()
    {
        string[] reports = [.. Enumerable.Range(0, 40).Select(number => $$"""{"n":{{number}},"p":"{{new string('x', 5_000)}}"}""")];

        await Task.WhenAll(reports.Select(report => DeliverAsync(Sink(), report)));

        Assert.That(await File.ReadAllLinesAsync(_path), Is.EquivalentTo(reports));
    }

    [Test]
    public async Task DeliverAsync_AnotherHoldsTheFile_WaitsTenSeconds()
    {
        ManualTimeProvider time = new();
        IReportSink sink = Sink(time: time);
        using (new FileStream(_path + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Task<DeliveryResult> delivering = DeliverAsync(sink);
            while (!delivering.IsCompleted)
            {
                Assert.That(time.GetUtcNow(), Is.LessThan(new ManualTimeProvider().GetUtcNow().AddSeconds(11)));
                SpinWait.SpinUntil(() => time.WaitingTimers > 0 || delivering.IsCompleted, TimeSpan.FromSeconds(30));
                time.Advance(TimeSpan.FromMilliseconds(20));
            }

            Assert.That(time.GetUtcNow(), Is.GreaterThanOrEqualTo(new ManualTimeProvider().GetUtcNow().AddSeconds(10)));
            Assert.That(await delivering, Is.EqualTo(new DeliveryResult.Unreachable("locked", MaybeReceived: false)));
        }

        Assert.That(_path, Does.Not.Exist);
        Assert.That(await DeliverAsync(sink), Is.EqualTo(Accepted));
    }

    private static IEnumerable<TestCaseData> BadPlaces =>
    [
        Place("a folder", path => Directory.CreateDirectory(path)),
        Place("below a file", path => File.WriteAllText(Path.GetDirectoryName(path)!, ""), "below", "reports.jsonl"),
        Place("a link to itself", path => File.CreateSymbolicLink(path, path)),
        Place("a pipe", path => Process.Start("mkfifo", [path]).WaitForExit()),
        Place("a name that is too long", _ => { }, new string('a', 300)),
        Place("a full file that cannot be moved away", path =>
        {
            File.WriteAllText(path, Large(0) + "\n" + Large(1) + "\n" + Large(2) + "\n");
            Directory.CreateDirectory(path + ".1");
        }),
    ];

    [TestCaseSource(nameof(BadPlaces))]
    public async Task DeliverAsync_CannotWrite_WasNotReceived(Action<string> make, string[] path)
    {
        _path = _folder.Combine(path);
        make(_path);

        DeliveryResult result = await DeliverAsync(Sink(file => (file.MaxFileBytes, file.MaxFiles) = (131_072, 2)));

        Assert.That(result, Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").False);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task DeliverAsync_FullDevice_WasNotReceived()
    {
        Assume.That("/dev/full", Does.Exist);
        File.CreateSymbolicLink(_path, "/dev/full");

        Assert.That(
            await DeliverAsync(Sink()), Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").False);
    }

    [TestCase("{\n}")]
    [TestCase("{\r}")]
    public async Task DeliverAsync_ReportOfSeveralLines_IsRefused(string report)
    {
        Assert.That(
            ((DeliveryResult.Rejected)await DeliverAsync(Sink(), report)).Errors,
            Is.EqualTo(new[] { "The report is more than one line." }));
        Assert.That(_path, Does.Not.Exist);
    }

    [Test, Property("Case", 120)]
    public void DeliverAsync_HostCancelledBefore_TouchesNothing()
    {
        Assert.That(
            async () => await Sink().DeliverAsync(Delivery(Paperless.Report), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void AddFileSink_RelativePath_CountsFromTheCurrentFolder()
    {
        _path = Path.Combine("reports", "usage.jsonl");

        Assert.That(Sink().Destination, Is.EqualTo(Path.Combine(Environment.CurrentDirectory, _path)));
    }

    private static TestCaseData Place(string name, Action<string> make, params string[] path) =>
        new TestCaseData(make, path.Length == 0 ? ["reports.jsonl"] : path).SetArgDisplayNames(name);

    private static string Large(int number) => $$"""{"n":{{number}},"p":"{{new string('x', 60_000)}}"}""";

    private static ReportDelivery Delivery(string report, bool isRepeat = false) =>
        new(Encoding.UTF8.GetBytes(report), isRepeat, TimeSpan.FromDays(7));

    private static async Task<DeliveryResult> DeliverAsync(
        IReportSink sink, string report = Paperless.Report, bool isRepeat = false) =>
        await sink.DeliverAsync(Delivery(report, isRepeat), CancellationToken.None);

    private IReportSink Sink(Action<FileSinkOptions>? configure = null, TimeProvider? time = null)
    {
        ServiceCollection services = new();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddUsageReporting("app").AddFileSink(file =>
        {
            file.Path = _path;
            configure?.Invoke(file);
        });
        return services.BuildServiceProvider().GetRequiredService<IReportSink>();
    }
}
