using System.Text.Unicode;

namespace UsageReporting.Server.Validation;

/// <summary>Holds reports against one schema, which is compiled once.</summary>
/// <param name="schema">The schema.</param>
/// <param name="time">Which period it is.</param>
internal sealed class ReportValidator(ReportSchema schema, TimeProvider time)
{
    private readonly ReportMember _root = ReportMembers.Of(schema);
    private readonly SenderRules _sender = new(schema);

    /// <summary>Reads a report.</summary>
    /// <param name="body">The bytes that came; nothing of the result refers to them.</param>
    public ValidationResult Validate(ReadOnlySpan<byte> body)
    {
        // The JSON reader leaves strings that nobody asks for unread, bad UTF-8 in them included.
        if (!Utf8.IsValid(body))
        {
            return new ValidationResult.Invalid(ReportErrors.Of(Expectations.NotJson));
        }

        Report report = new(schema.Fields.Count, body.Length);
        ReportErrors errors = ReportReader.Read(body, _root, report);
        if (!errors.IsUnread)
        {
            _sender.Check(report, errors, time.GetUtcNow());
        }

        if (errors.IsEmpty)
        {
            return new ValidationResult.Valid(report);
        }

        report.Dispose();
        return new ValidationResult.Invalid(errors);
    }
}
