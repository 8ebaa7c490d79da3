using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Reporting;

/// <summary>Two copies of the library in one process, as a host and its plugin have them, over one folder.</summary>
public sealed class TwoCopiesTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Test, Property("Case", 111)]
    public async Task ReportAsync_TwoCopiesAtOnce_AreOneInstallation()
    {
        using TemporaryFolder folder = new();
        Copy copy = new();

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => i % 2 == 0 ? ReportAsync(folder.Path) : copy.ReportAsync(folder.Path)))).WaitAsync(Bound);

        Assert.That(copy.IsApart, Is.True);
        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        Assert.That(File.ReadAllText(folder.Combine("usage_uuid")), Is.EqualTo(ids[0] + "\n"));
        copy.Unload();
    }

    [Test, Property("Case", 111)]
    public void Unload_AfterAReport_LeavesNothingBehind()
    {
        using TemporaryFolder folder = new();
        WeakReference copy = ReportAndUnload(folder.Path);
        for (int i = 0; i < 100 && copy.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(copy.IsAlive, Is.False);
    }

    // Called in the copy too, by its name: the id that was agreed to, and is kept.
    private static async Task<string> ReportAsync(string folder)
    {
        using TestClient client = new(folder, new ScriptedSink())
        {
            Add = builder => builder.Services.AddSingleton(TimeProvider.System),
        };
        await client.ReportAsync(ConsentAnswer.Yes);
        return (await client.Reporter.GetStatusAsync()).InstallationId!;
    }

    // On a thread that ends, so that no variable of it is left.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ReportAndUnload(string folder)
    {
        WeakReference? reference = null;
        Thread thread = new(() =>
        {
            Copy copy = new();
            copy.ReportAsync(folder).GetAwaiter().GetResult();
            copy.Unload();
            reference = new WeakReference(copy);
        });
        thread.Start();
        thread.Join();
        return reference!;
    }

    private sealed class Copy() : AssemblyLoadContext("a copy", isCollectible: true)
    {
        private readonly string _folder = AppContext.BaseDirectory;

        public bool IsApart => Assemblies.Any(assembly =>
            assembly != typeof(UsageReporter).Assembly && assembly.FullName == typeof(UsageReporter).Assembly.FullName);

        public Task<string> ReportAsync(string folder) => (Task<string>)LoadFromAssemblyPath(typeof(TwoCopiesTests).Assembly.Location)
            .GetType(typeof(TwoCopiesTests).FullName!)!
            .GetMethod(nameof(TwoCopiesTests.ReportAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .Invoke(null, [folder])!;

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("UsageReporting.", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(_folder, $"{assemblyName.Name}.dll"))
                : null;
    }
}
