using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;

namespace UsageReporting.Core.Reporting;

/// <summary>A report on its way to a yes: as it is shown and, in the same bytes, as it would be frozen.</summary>
/// <param name="Preview">As it is shown.</param>
/// <param name="Frozen">As it would be frozen.</param>
/// <param name="Sender">Who it comes from; null where it waits in the spool already, and what it was made of is kept.</param>
/// <param name="Missing">A required field without a value, which stops it.</param>
internal sealed record ReportDraft(ReportPreview Preview, FrozenReport Frozen, Sender? Sender, UsageField? Missing);
