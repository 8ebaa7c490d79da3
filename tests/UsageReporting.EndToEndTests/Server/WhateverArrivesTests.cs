using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Whatever bytes arrive over a real socket, the answer is never a 5xx and the stored rows keep the rules.</summary>
public sealed partial class WhateverArrivesTests
{
    [Test]
    public async Task Post_Whatever_IsAnsweredAndOnlyGoodRowsAreStored()
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        int accepted = 0;

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(200), Prop.ForAll(ArbitraryBodies.Any, body =>
        {
            using HttpResponseMessage answer = server.PostAsync(body).GetAwaiter().GetResult();
            accepted += answer.StatusCode == HttpStatusCode.NoContent ? 1 : 0;
            return answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests;
        }));

        IReadOnlyList<string> rows = server.Query("SELECT * FROM reports");
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Count.EqualTo(accepted).And.Count.GreaterThan(10));
            Assert.That(rows, Has.All.Matches<string>(row => Row().IsMatch(row)));
            Assert.That(server.Log.Troubles, Is.Empty);
        });
    }

    // The rules of document 000's schema once more, column by column.
    [GeneratedRegex("""
        \A[0-9]+\|2026-05-18T12:00:00Z
        \|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
        \|[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?
        \|(stable|beta|dev)
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?
        \|(kubernetes|podman|docker|nixos|snap|flatpak|distro|release|source|debian|ubuntu|fedora|rpm|arch|aur|alpine|gentoo|freebsd|openbsd|homebrew|macports|unraid|truenas|synology|yunohost)
        \|[A-Za-z0-9][A-Za-z0-9._+-]{0,63}
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|([A-Za-z0-9][A-Za-z0-9._+-]{0,63})?
        \|(0-99|100-999|1000-9999|10000-49999|50000\+)?
        \|[01]?\|[01]?\|[01]?\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Row();
}
