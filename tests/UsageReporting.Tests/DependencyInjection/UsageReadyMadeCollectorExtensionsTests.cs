using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.DependencyInjection;

public sealed class UsageReadyMadeCollectorExtensionsTests
{
    [Test]
    public async Task Add_ReadyMadeCollectors_AreInTheOrderInWhichTheyWereAdded()
    {
        FakeMachine machine = new();
        machine.Files["/usr/lib/app/distro_info"] = "debian";
        machine.Files["/etc/os-release"] = "ID=debian\nVERSION_ID=12\n";

        Assert.That(
            await ReportOf.CollectorsAsync(
                builder => builder
                    .AddInstallTypeCollector("debian")
                    .AddPlatformCollector()
                    .AddOperatingSystemCollector()
                    .AddEnvironmentCollector(environment =>
                    {
                        environment.Version = "1.2.3";
                        environment.Commit = null;
                    })
                    .AddRuntimeCollector(),
                machine),
            Does.EndWith(
                ""","install_type":"debian","arch":"x86_64","os":"linux","os_version":"debian-12","version":"1.2.3","""
                + $"\"channel\":\"dev\",\"runtime\":\"{Environment.Version.ToString(3)}\"}}"));
    }

    [Test]
    public async Task AddInstallTypeCollector_DotNet_LooksForThoseToo() =>
        Assert.That(
            await ReportOf.CollectorsAsync(
                builder => builder.AddInstallTypeCollector([.. InstallTypes.DotNet, "debian"]),
                new FakeMachine { IsWindowsService = true }),
            Does.EndWith(""","install_type":"windows-service"}"""));

    [Test]
    public void Add_Null_IsTheCallersMistake()
    {
        UsageReportingBuilder none = null!;

        Assert.That(() => none.AddEnvironmentCollector(), Throws.ArgumentNullException);
        Assert.That(() => none.AddRuntimeCollector(), Throws.ArgumentNullException);
        Assert.That(() => none.AddPlatformCollector(), Throws.ArgumentNullException);
        Assert.That(() => none.AddOperatingSystemCollector(), Throws.ArgumentNullException);
        Assert.That(() => none.AddInstallTypeCollector(), Throws.ArgumentNullException);
        Assert.That(
            () => new ServiceCollection().AddUsageReporting("app").AddInstallTypeCollector((IEnumerable<string>)null!),
            Throws.ArgumentNullException);
    }
}
