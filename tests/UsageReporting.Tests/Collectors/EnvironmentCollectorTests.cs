using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using UsageReporting.Core.Collectors;

namespace UsageReporting.Tests.Collectors;

public sealed class EnvironmentCollectorTests
{
    [Test]
    public async Task CollectAsync_EverythingKnown_ReportsAll()
    {
        JsonObject values = await CollectAsync(new EnvironmentCollectorOptions
        {
            Version = "2.15.0-rc.1+abc",
            Channel = "beta",
            Commit = "bd86dca57",
            BuildDate = new DateTimeOffset(2026, 5, 18, 14, 0, 0, TimeSpan.FromHours(2)),
        });

        Assert.That(values.ToJsonString(), Is.EqualTo(
            """{"version":"2.15.0-rc.1\u002Babc","channel":"beta","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z"}"""));
    }

    [Test]
    public async Task CollectAsync_NothingKnown_ReportsNothing() =>
        Assert.That(
            await CollectAsync(new EnvironmentCollectorOptions
            {
                Version = null,
                Channel = null,
                Commit = null,
                BuildDate = null,
            }),
            Is.Empty);

    [Test]
    public async Task CollectAsync_WhatDoesNotFit_IsLeftOut() =>
        Assert.That(
            await CollectAsync(new EnvironmentCollectorOptions { Version = "2.15", Channel = "nightly", Commit = "a b" }),
            Is.Empty);

    [Test]
    public void Options_Defaults_ComeFromTheEntryAssembly()
    {
        BuildInformation build = BuildInformation.Of(Assembly.GetEntryAssembly());
        EnvironmentCollectorOptions options = new();

        Assert.That(options.Version, Is.EqualTo(build.Version).And.Not.Null);
        Assert.That(options.Commit, Is.EqualTo(build.Commit));
        Assert.That(options.Channel, Is.EqualTo("dev"));
        Assert.That(options.BuildDate, Is.Null);
    }

    private static async Task<JsonObject> CollectAsync(EnvironmentCollectorOptions options)
    {
        UsageValues values = new(EnvironmentCollector.Fields);
        await new EnvironmentCollector(Options.Create(options)).CollectAsync(values, CancellationToken.None);
        return new JsonObject(values.Close().Values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
    }
}
