using NUnit.Framework;
using UsageReporting.Core.State;

namespace UsageReporting.Tests.State;

/// <summary>Documents that go with the process.</summary>
public sealed class MemoryStateStoreTests : UsageStateStoreConformance
{
    private readonly UsageTexts _texts = new();
    private MemoryStateStore _store = null!;

    [SetUp]
    public void MakeStore() => _store = new MemoryStateStore(_texts);

    [Test]
    public void Place_IsNoFolder() =>
        Assert.That(_store.Place, Is.EqualTo("memory only, until the program ends"));

    protected override IUsageStateStore Open() => _store;
}
