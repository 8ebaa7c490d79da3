using UsageReporting.Core.Preview;

namespace UsageReporting;

/// <summary>
/// What a person is told where reporting is on by default, before anything is sent: that it is so, what is reported, to
/// whom, and how to switch it off.
/// </summary>
public sealed class UsageNotice
{
    internal UsageNotice(
        ReportSchema schema,
        UsageTexts texts,
        NoticeReason reason,
        string because,
        IReadOnlyList<UsageField> fields,
        IReadOnlyList<string> offSwitches)
    {
        Schema = schema;
        Texts = texts;
        Reason = reason;
        Because = because;
        Fields = fields;
        OffSwitches = offSwitches;
    }

    /// <summary>What the fields mean, and who receives them.</summary>
    public ReportSchema Schema { get; }

    /// <summary>The words for it.</summary>
    public UsageTexts Texts { get; }

    /// <summary>Why the person is told now.</summary>
    public NoticeReason Reason { get; }

    /// <summary>The same in words that follow a colon.</summary>
    public string Because { get; }

    /// <summary>What will be reported beside the id; where some fields are new, these.</summary>
    public IReadOnlyList<UsageField> Fields { get; }

    /// <summary>What switches it off, a phrase each.</summary>
    public IReadOnlyList<string> OffSwitches { get; }

    /// <summary>The notice for a terminal.</summary>
    public string ToText() => NoticeText.Of(this);
}
