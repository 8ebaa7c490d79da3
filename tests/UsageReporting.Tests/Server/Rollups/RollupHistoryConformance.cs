using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>
/// Whatever happens to a product's reports, the numbers of its windows are those that the reports made which were there when they
/// were made last, and that is when the documentation says. An engine's tests derive from this and open it.
/// </summary>
public abstract class RollupHistoryConformance : RollupFixture
{
    private const int Installations = 45;

    private readonly List<string> _senders = [];

    // Late reports, a few or many; erased ones; clocks that are behind and ahead, of the server and for a look; weeks in which
    // nothing happens, and so many that retention passes by.
    [Test]
    public async Task RunAsync_AnyHistory_IsWhatTheReportsOfItsTimeMake(
        [Values] IdentityKind kind, [Values(1, 2, 3)] int seed)
    {
        Product product = Catalog.Find(TestSchemas.Counted(kind).Header.Product)!;
        RollupModel model = new(product.Schema);
        Random random = new(seed);
        ManualTimeProvider time = new(Monday);
        _senders.Clear();
        for (int step = 0; step < 70; step++)
        {
            switch (random.Next(12))
            {
                case < 5:
                    await StoreSomeAsync(product, model, random, time.GetUtcNow(), 1 + random.Next(25));
                    break;
                case 5:
                    // Late, fewer than ten or more.
                    await StoreSomeAsync(product, model, random, time.GetUtcNow().AddDays(-random.Next(1, 30)), 1 + random.Next(18));
                    break;
                case 6:
                    await StoreSomeAsync(product, model, random, time.GetUtcNow().AddDays(random.Next(400)), 1 + random.Next(3));
                    break;
                case 7 when _senders.Count > 0:
                    Erase(product, model, _senders[random.Next(_senders.Count)]);
                    break;
                case 8:
                    await RunAsync(time);
                    model.RollUp(time.GetUtcNow());
                    break;
                case 9:
                    await LookAheadAsync(model, time, TimeSpan.FromDays(random.Next(1, 30)));
                    break;
                case 10:
                    await PassRetentionAsync(model, time, TimeSpan.FromDays(random.Next(1, 40)));
                    break;
                default:
                    time.Advance(TimeSpan.FromHours(random.Next(96)));
                    break;
            }
        }

        time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(time);
        model.RollUp(time.GetUtcNow());

        string[] lines = (await DumpAsync(product.Name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Is.EqualTo(model.Lines));
        // The history was worth it: cells that are kept and pairs that are told.
        Assert.That(lines, Has.Some.Contains("word[").And.Some.Contains(" | word,bucket: "));
    }

    private async Task LookAheadAsync(RollupModel model, ManualTimeProvider time, TimeSpan by)
    {
        DateTimeOffset right = time.GetUtcNow();
        time.SetUtcNow(right + by);
        await RunAsync(time);
        model.RollUp(time.GetUtcNow());
        time.SetUtcNow(right);
    }

    private async Task PassRetentionAsync(RollupModel model, ManualTimeProvider time, TimeSpan by)
    {
        time.Advance(by);
        DateTimeOffset first = time.GetUtcNow();
        await RetainAsync(time);
        model.RollUp(first);
        model.RollUp(time.GetUtcNow());
        model.Delete(DateOnly.FromDateTime(first.UtcDateTime).AddMonths(-2).AddDays(1));
    }

    private void Erase(Product product, RollupModel model, string sender)
    {
        string column = product.Schema.Header.Identity.Kind == IdentityKind.None ? "nonce" : "uuid";
        DeleteByHand($"reports_{product.Name.Replace('-', '_')}", $"{column} = '{sender}'");
        model.Erase(report => (report.Id?.ToString() ?? report.Text(0)) == sender);
    }

    private async Task StoreSomeAsync(Product product, RollupModel model, Random random, DateTimeOffset received, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await StoreOneAsync(product, model, random, received.AddMinutes(i));
        }
    }

    private async Task StoreOneAsync(Product product, RollupModel model, Random random, DateTimeOffset received)
    {
        IdentityKind kind = product.Schema.Header.Identity.Kind;
        string week = UsageWindow.Of(WindowKind.Week, received.AddHours(random.Next(4) == 0 ? -20 : 0)).ToString();
        int number = random.Next(Installations);
        string sender = kind switch
        {
            IdentityKind.Stable => Id(number),
            IdentityKind.Rotating => Id(number).Replace("-4890-", $"-8{week[2..4]}0-", StringComparison.Ordinal)
                .Replace("a1b2c3d4", $"a1b2c3{week[6..]}", StringComparison.Ordinal),
            _ => string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x32}"),
        };
        (string Name, object Value)[] values =
        [
            .. kind == IdentityKind.Rotating ? [("period", week), ("first_in_month", random.Next(3) > 0), ("first_report", random.Next(3) == 0)] : Array.Empty<(string, object)>(),
            .. kind == IdentityKind.None
                ? [("nonce", sender), ("first_in_week", random.Next(5) > 0), ("first_in_month", random.Next(3) > 0), ("first_ever", random.Next(3) == 0)]
                : Array.Empty<(string, object)>(),
            ("word", number % 2 == 0 ? "one" : "two"),
            .. random.Next(15) switch { 0 => Array.Empty<(string, object)>(), 1 => [("bucket", "10+")], _ => [("bucket", "0-9")] },
            ("plugins", new[] { ("a", $"1.{number % 2}"), ("b", $"{random.Next(3)}.0") }),
        ];
        string id = kind == IdentityKind.None ? "" : $"\"uuid\":\"{sender}\",";
        string json = $"{{{id}{string.Join(',', values.Select(value => $"\"{value.Name}\":{Json(value.Value)}"))}}}";
        if (await StoreAsync(received, json, product.Name, random.Next(10) == 0) is not StoreOutcome.Accepted)
        {
            return;
        }

        string[] columns = Query(
            $"SELECT coalesce(_first_seen, '') || '|' || _held FROM reports_{product.Name.Replace('-', '_')} ORDER BY id DESC LIMIT 1")
            .Single().Split('|');
        StoredReport report = TestStored.Of(
            product.Schema, received, kind == IdentityKind.None ? null : Guid.Parse(sender), [.. values]);
        report.FirstSeen = columns[0].Length == 0 ? null : DateOnly.Parse(columns[0], CultureInfo.InvariantCulture);
        report.IsHeld = columns[1] == "1";
        model.Add(report);
        _senders.Add(sender);
    }

    private static string Json(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        (string Word, string Version)[] versions => $"{{{string.Join(',', versions.Select(v => $"\"{v.Word}\":\"{v.Version}\""))}}}",
        _ => $"\"{value}\"",
    };
}
