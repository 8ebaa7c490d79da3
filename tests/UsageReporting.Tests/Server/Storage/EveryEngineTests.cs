using NUnit.Framework;
using UsageReporting.Server.PostgreSql;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>An engine is what stores reports; it has all stores, and derives all that is asked of one.</summary>
public sealed class EveryEngineTests
{
    private static readonly Type[] Stores =
        [typeof(IReportStore), typeof(IInstallationStore), typeof(IPackageStore), typeof(IRollupStore), typeof(IRetentionStore), typeof(IOperatorStore)];

    private static readonly Type[] Types =
        [.. new[] { typeof(IReportStore), typeof(PostgreSqlReportStore) }.SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsClass)];

    private static IEnumerable<string> Engines => Types.Where(type => type.IsAssignableTo(typeof(IReportStore)))
        .Select(type => type.Name.Replace("ReportStore", "", StringComparison.Ordinal));

    private static IEnumerable<Type> Conformances => typeof(EveryEngineTests).Assembly.GetTypes().Where(
        type => type.IsAbstract && type.Namespace!.Contains(".Server.", StringComparison.Ordinal) && type.Name.EndsWith("Conformance", StringComparison.Ordinal));

    [Test]
    public void Engines_OfTheServer_AreTheseTwo() => Assert.That(Engines, Is.EquivalentTo(new[] { "Sqlite", "PostgreSql" }));

    [Test]
    public void Stores_OfEveryEngine_AreThere([ValueSource(nameof(Engines))] string engine, [ValueSource(nameof(Stores))] Type store) =>
        Assert.That(Types.Where(type => type.IsAssignableTo(store) && type.Name.StartsWith(engine, StringComparison.Ordinal)), Has.Exactly(1).Items);

    [Test]
    public void Conformance_OfEveryEngine_IsDerived(
        [ValueSource(nameof(Engines))] string engine, [ValueSource(nameof(Conformances))] Type conformance) =>
        Assert.That(
            typeof(EveryEngineTests).Assembly.GetTypes().Where(type => type.BaseType == conformance && type.Name.StartsWith(engine, StringComparison.Ordinal)),
            Has.Exactly(1).Items,
            $"{engine} derives no {conformance.Name}.");
}
