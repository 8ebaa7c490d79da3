using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Core.Identity;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.Server;
using UsageReporting.Tests.Server.Storage;

namespace UsageReporting.Tests.Identity;

/// <summary>
/// A year of installations whose ids rotate weekly, over the week 2026-W53: how many there were in each week is known
/// exactly, and nothing that one of them sent in a week is found in what was sent in any other.
/// </summary>
public sealed class YearOfRotatingIdsTests
{
    private const int Weeks = 52;

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ReportSchema Schema = SeedSchemas.Napari;

    // Every installation in every week: as the client makes ids and keys, and as the server reads them.
    [Test, Category("Long")]
    public void HundredThousandInstallations_EachWeek_AreCountedExactlyAndNothingIsSentTwice()
    {
        const int Installations = 100_000;
        UInt128[] sent = new UInt128[Installations * Weeks * 2];
        int[] uniques = new int[Weeks];
        Parallel.For(0, Installations, installation =>
        {
            string secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
            for (int week = 0; week < Weeks; week++)
            {
                string period = ReportPeriod.Of(RotationPeriod.Week, Start.AddDays(7 * week));
                string id = RotatingId.Of(secret, "napari", period);
                byte[] key = SHA256.HashData(RotatingId.ErasureSecretOf(secret, period));
                int place = ((week * Installations) + installation) * 2;
                sent[place] = Number(Guid.Parse(id).ToByteArray(bigEndian: true));
                sent[place + 1] = Number(key);
            }
        });

        for (int week = 0; week < Weeks; week++)
        {
            HashSet<UInt128> ids = [];
            for (int i = 0; i < Installations; i++)
            {
                ids.Add(sent[((week * Installations) + i) * 2]);
            }

            uniques[week] = ids.Count;
        }

        Assert.That(uniques, Is.All.EqualTo(Installations));
        Array.Sort(sent);
        for (int i = 1; i < sent.Length; i++)
        {
            if (sent[i] == sent[i - 1])
            {
                Assert.Fail($"{sent[i]:x32} was sent twice.");
            }
        }
    }

    // Some of them report in a week, some of these more than once, and all of it is stored.
    [Test]
    public async Task FiveHundredInstallations_SomeOfThemEachWeek_AreCountedExactlyInTheDatabase()
    {
        const int Installations = 500;
        using TemporaryFolder folder = new();
        using TestReports reports = new();
        ProductCatalog catalog = TestCatalog.Of(folder, Schema);
        using SqliteReportStore store = new(
            folder.Combine("usage.db"), catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await store.StartAsync(CancellationToken.None);
        string[] secrets = [.. Enumerable.Range(0, Installations).Select(_ => RandomNumberGenerator.GetHexString(64, lowercase: true))];
        Random random = new(20_261_231);
        List<string> expected = [];

        for (int week = 0; week < Weeks; week++)
        {
            DateTimeOffset now = Start.AddDays(7 * week);
            string period = ReportPeriod.Of(RotationPeriod.Week, now);
            List<Task<StoreOutcome>> stored = [];
            int reporting = 0;
            foreach (string secret in secrets.Where(_ => random.Next(3) > 0))
            {
                reporting++;
                for (int attempt = random.Next(3); attempt >= 0; attempt--)
                {
                    stored.Add(store.StoreAsync(reports.Incoming(catalog.Default!, now.AddHours(random.Next(40)), Report(secret, period))));
                    if (stored.Count % 500 == 0)
                    {
                        await Task.WhenAll(stored);
                    }
                }
            }

            StoreOutcome[] outcomes = await Task.WhenAll(stored);
            Assert.That(outcomes.Count(outcome => outcome is StoreOutcome.Accepted), Is.EqualTo(reporting), period);
            expected.Add($"{period} {reporting}");
            reports.Dispose();
        }

        Assert.That(
            Query(
                folder.Combine("usage.db"),
                "SELECT period || ' ' || count(DISTINCT identifier) FROM reports GROUP BY period ORDER BY min(received)"),
            Is.EqualTo(expected));
    }

    private static List<string> Query(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> lines = [];
        while (rows.Read())
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }

    // The whole client, over its files: nothing of a report but what everybody sends comes again.
    [Test]
    public async Task OneInstallation_EachWeek_SendsNothingAgainThatIsItsOwn()
    {
        using TemporaryFolder folder = new();
        ScriptedSink sink = new();
        ManualTimeProvider time = new(Start);
        using TestClient client = new(folder.Combine("state"), sink)
        {
            Time = time,
            Configure = options => options.Identity = new ReportIdentity { Kind = IdentityKind.Rotating },
            Add = builder => builder.AddIdentityFields(
                IdentityFields.Period(RotationPeriod.Week), IdentityFields.FirstReport(), IdentityFields.ErasureKey()),
        };
        for (int week = 0; week < Weeks; week++)
        {
            await client.ReportAsync(ConsentAnswer.Yes);
            time.Advance(TimeSpan.FromDays(7));
        }

        JsonNode[] sent = [.. sink.Reports.Select(report => JsonNode.Parse(report)!)];
        foreach (string name in new[] { "uuid", "period", "erasure_key" })
        {
            Assert.That(sent.Select(report => (string?)report[name]), Is.Unique, name);
        }

        // Halves too: no part of one week's id or key is a part of another's.
        Assert.That(
            sent.SelectMany(report => new[] { (string?)report["uuid"], (string?)report["erasure_key"] })
                .SelectMany(text => text!.Replace("-", "", StringComparison.Ordinal).Chunk(16).Select(part => new string(part))),
            Is.Unique);
        Assert.That(
            sent.Select(report => string.Join(' ', report.AsObject().Where(field => field.Key is not ("uuid" or "period" or "erasure_key" or "first_report"))))
                .Distinct().Count(),
            Is.EqualTo(1));
    }

    private static string Report(string secret, string period) =>
        $$"""
        {"identifier":"{{RotatingId.Of(secret, "napari", period)}}","period":"{{period}}","napari_version":"0.6.1",
        "python_version":"3.12.3","platform":"Linux","cpu_architecture":"x86_64",
        "erasure_key":"{{Convert.ToHexStringLower(SHA256.HashData(RotatingId.ErasureSecretOf(secret, period)))}}"}
        """;

    private static UInt128 Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
