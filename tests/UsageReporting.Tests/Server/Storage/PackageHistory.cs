using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using UsageReporting.Server;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>Counts installs in the slow way: keeps all of them in a list and goes through it.</summary>
internal sealed class PackageHistory(DateTimeOffset start)
{
    private readonly List<(string Package, DateTimeOffset Received, bool IsAutomatic)> _counted = [];
    private readonly HashSet<(long Bucket, UInt128 Hash)> _seen = [];
    private List<DateTimeOffset> _kept = [];

    public static IReadOnlyList<string> Packages { get; } = ["a/b", "a/c", "d/e"];

    /// <summary>Half of what happens is installs, and time passes by seconds as well as by years.</summary>
    public static Gen<PackageHistoryAct> AnyAct { get; } =
        from kind in Gen.Frequency(
            (5, Gen.Constant(PackageHistoryKind.Install)), (3, Gen.Constant(PackageHistoryKind.Pass)),
            (2, Gen.Constant(PackageHistoryKind.RollUp)), (1, Gen.Constant(PackageHistoryKind.Restart)))
        from package in Gen.Choose(0, Packages.Count - 1)
        from client in Gen.Choose(0, 3)
        from automatic in Gen.Choose(0, 3)
        from seconds in Gen.OneOf(
            Gen.Choose(0, 3_600), Gen.Choose(-90, 90), Gen.Choose(1, 40).Select(days => days * 86_400),
            Gen.Choose(29, 31).Select(days => days * 86_400), Gen.Choose(364, 366).Select(days => days * 86_400))
        select new PackageHistoryAct(kind, package, client, automatic == 0, TimeSpan.FromSeconds(seconds));

    public DateTimeOffset Now { get; set; } = start;

    public IncomingInstalls Incoming(PackageHistoryAct act, long bucket) => new(
        Now, bucket, act.IsAutomatic, [new PackageInstall(Packages[act.Package], "1.0.0.0", (UInt128)((act.Package * 10) + act.Client))]);

    /// <summary>How many of the installs are new, from the beginning of time.</summary>
    public int Count(IncomingInstalls incoming)
    {
        int counted = 0;
        foreach (PackageInstall install in incoming.Installs)
        {
            if (_seen.Add((incoming.Bucket, install.Hash)))
            {
                _counted.Add((install.Package, incoming.Received, incoming.IsAutomatic));
                _kept.Add(incoming.Received);
                counted++;
            }
        }

        return counted;
    }

    public PackageInstalls Recount(string package)
    {
        var all = _counted.Where(install => install.Package == package).ToList();
        var recent = all.Where(install => install.Received > Now.AddDays(-30)).ToList();
        return new PackageInstalls(
            package,
            all.Count(install => !install.IsAutomatic),
            recent.Count(install => !install.IsAutomatic),
            all.Count(install => install.IsAutomatic),
            recent.Count(install => install.IsAutomatic),
            all.Where(install => !install.IsAutomatic).Max(install => (DateTimeOffset?)install.Received));
    }

    public IReadOnlyList<PackageMonth> RecountMonths(string package) =>
    [
        .. _counted.Where(install => install.Package == package)
            .GroupBy(install => install.Received.ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .OrderBy(month => month.Key, StringComparer.Ordinal)
            .Select(month => new PackageMonth(
                month.Key, month.Count(install => !install.IsAutomatic), month.Count(install => install.IsAutomatic))),
    ];

    /// <summary>Forgets single installs of more than a year ago.</summary>
    /// <returns>How many are left.</returns>
    public int Prune()
    {
        _kept = [.. _kept.Where(received => received > Now.AddDays(-365))];
        return _kept.Count;
    }
}
