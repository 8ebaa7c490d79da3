using UsageReporting.Core.State;

namespace UsageReporting.Tests.Clients;

/// <summary>What lasts, kept in files as a host does it that says nothing else.</summary>
internal static class TestState
{
    public static UsageState In(string? folder, CapturedLog log) =>
        new(new FileStateStore(folder, new UsageTexts(), TimeProvider.System), TimeProvider.System, log.For<UsageState>());
}
