using NUnit.Framework;
using UsageReporting.Core.Collectors;

namespace UsageReporting.Tests.Collectors;

public sealed class RuntimeCollectorTests
{
    [Test]
    public async Task CollectAsync_ThisRuntime_IsItsVersion()
    {
        UsageValues values = new(RuntimeCollector.Fields);
        await new RuntimeCollector().CollectAsync(values, CancellationToken.None);

        Assert.That((string?)values.Close().Values["runtime"], Does.Match(@"\A10\.\d+\.\d+\z"));
    }
}
