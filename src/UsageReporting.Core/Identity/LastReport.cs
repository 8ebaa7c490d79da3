using UsageReporting.Core.State;

namespace UsageReporting.Core.Identity;

/// <summary>
/// When the last report was accepted: what the fields <c>first_report</c>, <c>first_in_week</c>, <c>first_in_month</c> and
/// <c>first_ever</c> are known by. Kept, in a document of one line, where the schema has one of them.
/// </summary>
internal sealed class LastReport(UsageState state, ReportSchema schema)
{
    private const string Document = UsageDocuments.LastReport;

    private readonly bool _isAsked = new[]
    {
        IdentityFields.FirstReportName,
        IdentityFields.FirstInWeekName,
        IdentityFields.FirstInMonthName,
        IdentityFields.FirstEverName,
    }.Any(name => schema.Find(name) is not null);

    /// <summary>When; null before the first.</summary>
    public async Task<DateTimeOffset?> FindAsync() =>
        _isAsked && DateField.TryRead((await state.ReadAsync(Document).ConfigureAwait(false))?.Trim(), out DateTimeOffset at)
            ? at
            : null;

    /// <summary>Notes that a report of that time was accepted; false where that is not possible.</summary>
    public async Task<bool> TryNoteAsync(DateTimeOffset at) =>
        !_isAsked || await state.TryChangeAsync(Document, _ => DateField.Write(at) + "\n").ConfigureAwait(false);

    /// <summary>Forgets it; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(Document, _ => null);
}
