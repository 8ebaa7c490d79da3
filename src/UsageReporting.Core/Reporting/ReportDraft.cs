using UsageReporting.Core.Delivery;
using UsageReporting.Core.Identity;

namespace UsageReporting.Core.Reporting;

/// <summary>A report on its way to a yes: as it is shown and, in the same bytes, as it would be frozen.</summary>
/// <param name="Preview">As it is shown.</param>
/// <param name="Frozen">As it would be frozen.</param>
/// <param name="Id">The id that it carries.</param>
/// <param name="Missing">A required field without a value, which stops it.</param>
/// <param name="IsFrozen">Whether it waits in the spool already.</param>
internal sealed record ReportDraft(ReportPreview Preview, FrozenReport Frozen, InstallationId Id, UsageField? Missing, bool IsFrozen);
