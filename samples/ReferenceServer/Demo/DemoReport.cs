using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using UsageReporting;

namespace ReferenceServer.Demo;

/// <summary>Writes the report of an installation in a week, of whatever fields the product's schema declares.</summary>
internal sealed class DemoReport(ReportSchema schema)
{
    private const double IsReported = 0.93;
    private const int MostWords = 4;

    private readonly int _major = 1 + (schema.Header.Product.Length % 3);

    public byte[] Write(DemoInstallation installation, int week, DateTimeOffset now)
    {
        // The same seed draws the same: an installation is what it was last week, but for its version.
        Random random = new(installation.Seed);
        JsonObject report = [];
        ReportIdentity identity = schema.Header.Identity;
        Set(report, identity.Name, IdOf(installation, identity, week));
        foreach (UsageField field in schema.Fields)
        {
            JsonNode? value = ValueOf(field, installation, week, now, random);
            bool isReported = random.NextDouble() < IsReported || field.Required || field.Level > UsageLevel.Basic;
            if (isReported && field.Level <= installation.Level && value is not null)
            {
                Set(report, field.Name, value);
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(report);
    }

    private JsonNode? ValueOf(UsageField field, DemoInstallation installation, int week, DateTimeOffset now, Random random) => (field, field.Name) switch
    {
        (_, "period") => PeriodOf(now),
        (_, "first_report") => week == installation.FirstWeek,
        (_, "erasure_key") => Hex(installation, 32),
        (_, "version" or "napari_version" or "installation.app_version") =>
            DemoReleases.VersionIn(week, installation.Lag, installation.FirstWeek, _major),
        (_, "installation.first_seen" or "build_date") => DateField.Write(now.Date.AddDays(-7 * (week - installation.FirstWeek))),
        (_, "period.end") => DateField.Write(now),
        (_, "period.start") => DateField.Write(now.AddDays(-7)),
        (_, "period.duration_days") => 7,
        (FlagField, _) => random.NextDouble() < 0.15 + (0.7 * Fraction(field.Name)),
        (_, _) when DemoTexts.Pick(field, random) is { } text => text,
        (WordField word, _) => Common(word.Words.Words, random),
        (BucketField bucket, _) => Common(bucket.Ranges, random),
        (CountField count, _) => Number(count.Minimum, count.Maximum, random),
        (SetField set, _) => new JsonArray([.. Several(set.Words, random).Select(word => (JsonNode)word)]),
        (CountsField counts, _) => Object(Several(counts.Words, random), _ => Number(counts.Minimum, counts.Maximum, random)),
        (VersionsField versions, _) => Object(
            Several(versions.Words, random), word => DemoReleases.VersionIn(week / 2, installation.Lag, 0, word.Length % 3)),
        _ => null,
    };

    // The rest of a path is an object within.
    private static void Set(JsonObject report, string path, JsonNode value)
    {
        string[] parts = path.Split('.');
        JsonObject within = report;
        foreach (string part in parts[..^1])
        {
            within[part] ??= new JsonObject();
            within = within[part]!.AsObject();
        }

        within[parts[^1]] = value;
    }

    // A rotating id is of version 8 and another one each week.
    private static string IdOf(DemoInstallation installation, ReportIdentity identity, int week)
    {
        bool isRotating = identity.Kind == IdentityKind.Rotating;
        byte[] id = SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{installation.Seed}/{(isRotating ? week : 0)}")))[..16];
        id[6] = (byte)((id[6] & 15) | (isRotating ? 0x80 : 0x40));
        id[8] = (byte)((id[8] & 63) | 0x80);
        return new Guid(id, bigEndian: true).ToString("D");
    }

    private static string PeriodOf(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(now.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(now.UtcDateTime):00}");

    private static string Hex(DemoInstallation installation, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(installation.Seed)).AsSpan(0, bytes));

    // The first ones are the most common.
    private static string Common(IReadOnlyList<string> words, Random random) =>
        words[Math.Min(words.Count - 1, (int)(-Math.Log(1 - random.NextDouble()) * words.Count / 4))];

    private static string[] Several(Vocabulary words, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, MostWords + 1)).Select(_ => Common(words.Words, random)).Distinct(StringComparer.Ordinal)];

    private static long Number(long least, long most, Random random) =>
        Math.Min(most, least + (long)Math.Exp(random.NextDouble() * Math.Min(6, Math.Log(most - least + 1))) - 1);

    private static JsonObject Object(string[] words, Func<string, JsonNode> value) =>
        new(words.Select(word => KeyValuePair.Create<string, JsonNode?>(word, value(word))));

    private static double Fraction(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] / 255.0;
}
