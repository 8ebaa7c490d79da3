using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Ten thousand wrong secrets: none opens anything, and neither bytes nor time tell whether there is such an id.</summary>
public sealed class WrongSecretsTests
{
    private const int Each = 5_000;

    // Of two samples that are alike one pair in some million is so far apart.
    private const double FurthestApart = 5;

    [Test, Category("Long"), Property("Case", 44)]
    public async Task PostErase_TenThousandWrongSecrets_TellNothing()
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        Installation known = Installation.New();
        Installation unknown = Installation.New();
        for (int i = 0; i < 200; i++)
        {
            using HttpResponseMessage accepted = await server.PostAsync((i == 100 ? known : Installation.New()).Report, "/printernizer/report");
            accepted.EnsureSuccessStatusCode();
        }

        HashSet<string> answers = [];
        for (int i = 0; i < 200; i++)
        {
            await AskAsync(i % 2 == 0 ? known : unknown);
        }

        List<(long Ticks, bool IsKnown)> times = [];
        for (int i = 0; i < 2 * Each; i += 2)
        {
            // In pairs whose order is drawn, so that whatever disturbs the machine disturbs both alike.
            bool first = RandomNumberGenerator.GetInt32(2) == 0;
            times.Add((await AskAsync(first ? known : unknown), first));
            times.Add((await AskAsync(first ? unknown : known), !first));
        }

        double distance = Distance(times);
        TestContext.Out.WriteLine($"Mann-Whitney: z = {distance:F2}");
        Assert.That(answers, Has.Count.EqualTo(1));
        Assert.That(Math.Abs(distance), Is.LessThan(FurthestApart));
        Assert.That(server.Query("SELECT count(*) FROM installations"), Is.EqualTo(new[] { "200" }));

        async Task<long> AskAsync(Installation one)
        {
            using StringContent proof = new(one.Proof(secret: RandomNumberGenerator.GetHexString(64, lowercase: true)), Encoding.UTF8, "application/json");
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await server.Http.PostAsync("/installation/erase", proof);
            long ticks = Stopwatch.GetTimestamp() - start;
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            answers.Add($"{string.Join(';', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))} "
                + await answer.Content.ReadAsStringAsync());
            return ticks;
        }
    }

    /// <summary>How many standard deviations the ranks of the two samples lie apart.</summary>
    private static double Distance(List<(long Ticks, bool IsKnown)> times)
    {
        double ranks = times.OrderBy(time => time.Ticks).Index().Where(time => time.Item.IsKnown).Sum(time => time.Index + 1.0);
        double count = times.Count / 2;
        double u = ranks - (count * (count + 1) / 2);
        return (u - (count * count / 2)) / Math.Sqrt(count * count * ((2 * count) + 1) / 12);
    }
}
