using System.Text;
using UsageReporting.Core.Preview;

namespace UsageReporting.Tests.Clients;

/// <summary>Previews without a reporter.</summary>
internal static class Previews
{
    public static ReportPreview Of(
        string report = Paperless.Report,
        IReadOnlyList<LeftOutField>? leftOut = null,
        bool isIdNew = false,
        bool isRepeat = false,
        bool mayCountTwice = false,
        IReadOnlyList<ReportRendering>? renderings = null,
        ReportSchema? schema = null,
        UsageTexts? texts = null,
        ConsentQuestion question = ConsentQuestion.ThisReport,
        UsageLevel level = UsageLevel.Full,
        IReadOnlyList<UsageField>? paused = null)
    {
        schema ??= Paperless.Schema;
        texts ??= new UsageTexts();
        byte[] bytes = Encoding.UTF8.GetBytes(report);
        return new ReportPreview(
            schema, texts, bytes, renderings ?? [new ReportRendering(report, ["https://stats.example.org/report"])],
            ReportReader.Read(schema, bytes, texts)!, leftOut ?? [], isIdNew, isRepeat, mayCountTwice,
            question, schema.LevelWithin(level), paused ?? []);
    }
}
