using System.Text.Unicode;

namespace UsageReporting.Server.Validation;

/// <summary>Holds reports against one schema, which is compiled once.</summary>
internal sealed class ReportValidator
{
    private readonly ReportMember _root;
    private readonly int _slots;
    private readonly int _fields;
    private readonly SenderRules _sender;
    private readonly TimeProvider _time;

    /// <param name="schema">The schema.</param>
    /// <param name="time">Which period it is.</param>
    public ReportValidator(ReportSchema schema, TimeProvider time)
    {
        _root = ReportMembers.Of(schema, out _slots);
        _fields = schema.Fields.Count;
        _sender = new SenderRules(schema);
        _time = time;
    }

    /// <summary>Reads a report.</summary>
    /// <param name="body">The bytes that came; nothing of the result refers to them.</param>
    public ValidationResult Validate(ReadOnlySpan<byte> body)
    {
        // The JSON reader leaves strings that nobody asks for unread, bad UTF-8 in them included.
        if (!Utf8.IsValid(body))
        {
            return new ValidationResult.Invalid(ReportErrors.Of(Expectations.NotJson));
        }

        Report report = new(_fields, body);
        ReportErrors errors = ReportReader.Read(body, _root, stackalloc bool[_slots], report);
        if (!errors.IsUnread)
        {
            _sender.Check(report, errors, _time.GetUtcNow());
        }

        if (errors.IsEmpty)
        {
            return new ValidationResult.Valid(report);
        }

        report.Dispose();
        return new ValidationResult.Invalid(errors);
    }
}
