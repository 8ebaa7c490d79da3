using System.Text;
using UsageReporting.Core.Preview;

namespace UsageReporting;

/// <summary>
/// What a person sees before saying yes. Made from the bytes that would be sent and from nothing else, so it cannot
/// show anything but these.
/// </summary>
public sealed class ReportPreview
{
    internal ReportPreview(
        ReportSchema schema,
        UsageTexts texts,
        ReadOnlyMemory<byte> report,
        IReadOnlyList<ReportRendering> renderings,
        IReadOnlyList<PreviewRow> rows,
        IReadOnlyList<LeftOutField> leftOut,
        bool isIdNew,
        bool isRepeat,
        bool mayCountTwice,
        ConsentQuestion question,
        UsageLevel level,
        IReadOnlyList<UsageField> paused)
    {
        IsIdNew = isIdNew;
        IsRepeat = isRepeat;
        MayCountTwice = mayCountTwice;
        Question = question;
        Level = level;
        Paused = paused;
        Schema = schema;
        Texts = texts;
        Report = report;
        Renderings = renderings;
        Rows = rows;
        LeftOut = leftOut;
    }

    /// <summary>What the report's fields mean, and who asks for them.</summary>
    public ReportSchema Schema { get; }

    /// <summary>The words for it.</summary>
    public UsageTexts Texts { get; }

    /// <summary>The report: a JSON object in UTF-8. It is what would be sent, unless a sink takes another format.</summary>
    public ReadOnlyMemory<byte> Report { get; }

    /// <summary>Exactly what would be sent, each text once: the report, and what becomes of it in the formats of other sinks.</summary>
    public IReadOnlyList<ReportRendering> Renderings { get; }

    /// <summary>The same as <see cref="Report"/>, as text.</summary>
    public string Json => Encoding.UTF8.GetString(Report.Span);

    /// <summary>Whether the report says which installation it is from.</summary>
    public bool HasId => ReportReader.IdOf(Schema, Report) is not null;

    /// <summary>The id if there is one, then the report's values in the order in which the schema declares them.</summary>
    public IReadOnlyList<PreviewRow> Rows { get; }

    /// <summary>What the report does not hold although it was asked for, and why.</summary>
    public IReadOnlyList<LeftOutField> LeftOut { get; }

    /// <summary>What the person is asked.</summary>
    public ConsentQuestion Question { get; }

    /// <summary>How much the report holds of what may be reported.</summary>
    public UsageLevel Level { get; }

    /// <summary>The other levels that the person can choose instead; none where they are not asked for later reports too.</summary>
    public IReadOnlyList<UsageLevel> OtherLevels => Question == ConsentQuestion.ThisAndLater
        ? [.. Schema.Fields.Select(declared => declared.Level).Distinct().Order().Where(level => level != Level)]
        : [];

    /// <summary>What the report does not hold, because it is new, or may hold more, since the person agreed.</summary>
    public IReadOnlyList<UsageField> Paused { get; }

    /// <summary>Whether the id was drawn for this preview; a yes keeps exactly that one.</summary>
    public bool IsIdNew { get; }

    /// <summary>Whether these bytes were sent before and no answer came, so that the report may have arrived already.</summary>
    public bool IsRepeat { get; }

    /// <summary>Whether it was sent before to who does not know it again, so that it may be counted twice.</summary>
    public bool MayCountTwice { get; }

    /// <summary>
    /// The preview for a terminal: who receives it, the aligned values, the id first, and what is never collected.
    /// </summary>
    /// <param name="isDryRun">Whether nobody is asked, so that a new id is said not to be kept.</param>
    public string ToText(bool isDryRun = false) => PreviewText.Of(this, isDryRun);
}
