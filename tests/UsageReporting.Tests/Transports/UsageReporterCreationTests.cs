using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Core.Machine;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Transports;

/// <summary>An application without a host.</summary>
public sealed class UsageReporterCreationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Create_Product_ReportsLikeAHost()
    {
        string file = _folder.Combine("reports.jsonl");
        Disposable disposable = new();
        await using (UsageReporter usage = UsageReporter.Create("duplicati", builder =>
            {
                builder.Services.AddSingleton<IMachine, FakeMachine>();
                builder.Services.AddSingleton(_ => disposable);
                builder.Configure(options => options.DataDirectory = _folder.Combine("state"))
                    .AddFlag("backups", "Backups", "Whether there are any.", (Disposable service) => !service.IsDisposed)
                    .AddFileSink(file);
            }))
        {
            ReportOutcome outcome = await usage.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));

            Assert.That(usage.Describe(outcome), Is.EqualTo(new[] { "Report sent. Thank you." }));
            Assert.That(await File.ReadAllTextAsync(file), Does.EndWith(",\"backups\":true}\n"));
        }

        Assert.That(disposable.IsDisposed, Is.True);
    }

    [Test, Property("Case", 120)]
    public async Task DisposeAsync_TwiceAndAtOnce_IsOnce()
    {
        Disposable disposable = new();
        UsageReporter usage = Create(disposable);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => usage.DisposeAsync().AsTask()));
        usage.Dispose();

        Assert.That(disposable.Times, Is.EqualTo(1));
        Assert.That(() => usage.ReportAsync(new ScriptedPrompt(ConsentAnswer.No)), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Create_MistakesInOptionsAndSinks_AreAllNamedAtOnce() =>
        Assert.That(
            () => UsageReporter.Create("Not A Name", builder => builder
                .AddHttpSink("http://stats.example.org/report")
                .AddFileSink("")),
            Throws.InstanceOf<OptionsValidationException>().With.Property("Failures").EqualTo(new[]
            {
                "product: \"Not A Name\" is not 1 to 63 lower-case ASCII letters, digits and hyphens, the first a letter.",
                "fields: there must be 1 to 256.",
                "endpoint: it must be https; http is spoken to this machine only.",
                "path: is not the path of a file.",
            }));

    private UsageReporter Create(Disposable disposable) => UsageReporter.Create("duplicati", builder =>
    {
        builder.Services.AddSingleton(_ => disposable);
        builder.Configure(options => options.DataDirectory = _folder.Combine("state"))
            .AddFlag("backups", "Backups", "Whether there are any.", (Disposable service) => !service.IsDisposed)
            .AddFileSink(_folder.Combine("reports.jsonl"));
        // A container disposes what it has made.
        builder.Services.AddSingleton<IReportSink>(provider => new ScriptedSink($"{provider.GetRequiredService<Disposable>()}"));
    });

    private sealed class Disposable : IDisposable
    {
        private int _times;

        public int Times => _times;

        public bool IsDisposed => _times > 0;

        public void Dispose() => Interlocked.Increment(ref _times);
    }
}
