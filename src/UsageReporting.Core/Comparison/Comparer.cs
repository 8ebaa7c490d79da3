using System.Globalization;
using System.Text.Json;
using UsageReporting.Core.Preview;
using UsageReporting.Core.Schema;

namespace UsageReporting.Core.Comparison;

/// <summary>Sets a report beside published numbers. Pure.</summary>
internal static class Comparer
{
    /// <summary>Each value of a report, and what is published of it.</summary>
    public static IReadOnlyList<ComparedValue> Compare(ReportPreview preview, PublishedNumbers numbers)
    {
        using JsonDocument report = JsonDocument.Parse(preview.Report);
        return
        [
            .. from field in preview.Schema.Fields
               // What stands for the id is nobody else's.
               where !IdentityRules.IsPartOfTheId(field)
               let value = ReportReader.Find(report.RootElement, field.Name)
               where value is not null
               from compared in Compare(field, value.Value, numbers, preview.Texts)
               select compared,
        ];
    }

    private static IEnumerable<ComparedValue> Compare(
        UsageField field, JsonElement value, PublishedNumbers numbers, UsageTexts texts) => field switch
    {
        SetField => value.EnumerateArray().Select(word => OfWord(field, word.GetString()!, numbers)),
        CountsField => value.EnumerateObject().Select(entry =>
            OfWord(field, entry.Name, numbers) with { Value = $"{entry.Name} {entry.Value.GetInt64().ToString(CultureInfo.InvariantCulture)}" }),
        VersionsField => value.EnumerateObject().SelectMany(entry => OfVersion(field, entry.Name, entry.Value.GetString()!, numbers)),
        _ => [OfOne(field, ValueText.Of(field, value, texts)!, value, numbers)],
    };

    private static ComparedValue OfWord(UsageField field, string word, PublishedNumbers numbers) => new(field, word)
    {
        Same = numbers.Find(field.Name, word),
        Quartiles = numbers.FindQuartiles(field.Name, word),
    };

    // The versions of a word are published where the word is.
    private static IEnumerable<ComparedValue> OfVersion(UsageField field, string word, string version, PublishedNumbers numbers)
    {
        ComparedValue of = OfWord(field, word, numbers);
        string name = $"{field.Name}/{word}";
        return of.Same is null ? [of] : [of, OfValue(field, $"{word} {version}", name, version, numbers)];
    }

    private static ComparedValue OfValue(UsageField field, string text, string name, string counted, PublishedNumbers numbers)
    {
        PublishedShare? same = counted == PublishedNumbers.Other ? null : numbers.Find(name, counted);
        return new ComparedValue(field, text) { Same = same, Others = same is null ? numbers.Find(name, PublishedNumbers.Other) : null };
    }

    private static ComparedValue OfOne(UsageField field, string text, JsonElement value, PublishedNumbers numbers)
    {
        // As the server counts: of an instant the month.
        string counted = field switch
        {
            FlagField => value.GetBoolean() ? "true" : "false",
            DateField => value.GetString()![..7],
            CountField => text,
            _ => value.GetString()!,
        };
        ComparedValue compared = OfValue(field, text, field.Name, counted, numbers) with { Quartiles = numbers.FindQuartiles(field.Name, "") };
        return field is not BucketField bucket || !compared.IsPublished ? compared : compared with
        {
            Below = SumOf(bucket.Ranges.TakeWhile(range => range != counted)),
            Above = SumOf(bucket.Ranges.SkipWhile(range => range != counted).Skip(1)),
        };

        double SumOf(IEnumerable<string> ranges) => ranges.Sum(range => numbers.Find(field.Name, range)?.Share ?? 0);
    }
}
