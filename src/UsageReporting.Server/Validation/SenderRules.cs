using System.Text;

namespace UsageReporting.Server.Validation;

/// <summary>
/// What a report must say of who sends it, across its fields: a rotating id belongs to the period that it is, and a report
/// without an id has a nonce in its place.
/// </summary>
internal sealed class SenderRules
{
    private readonly ReportIdentity _identity;
    private readonly int _period;
    private readonly int _ephemeral;
    private readonly int _nonce;
    private readonly int _erasureKey;

    public SenderRules(ReportSchema schema)
    {
        _identity = schema.Header.Identity;
        _period = SlotOf(schema, IdentityFields.PeriodName);
        _ephemeral = SlotOf(schema, IdentityFields.EphemeralName);
        _nonce = SlotOf(schema, IdentityFields.NonceName);
        _erasureKey = SlotOf(schema, IdentityFields.ErasureKeyName);
    }

    /// <summary>Adds what is wrong, and says what the report is known by and erased with.</summary>
    public void Check(Report report, ReportErrors errors, DateTimeOffset now)
    {
        bool hasId = report[Report.IdSlot].IsPresent;
        bool isEphemeral = _ephemeral >= 0 && report[_ephemeral] is { IsPresent: true, Number: 1 };
        if (hasId && isEphemeral)
        {
            errors.Add(IdentityFields.EphemeralName, Expectations.NoIdWhereNothingLasts);
        }

        if (!hasId && !isEphemeral && _identity.Kind != IdentityKind.None && !errors.Has(_identity.Name))
        {
            errors.Add(_identity.Name, Expectations.IdWhereSomethingLasts);
        }

        if (hasId && _identity.Kind == IdentityKind.Rotating)
        {
            CheckPeriod(report, errors, now);
        }

        if (hasId)
        {
            report.Key = report[Report.IdSlot];
            report.ErasureKey = _erasureKey < 0 ? default : report[_erasureKey];
        }
        else if ((isEphemeral || _identity.Kind == IdentityKind.None)
            && !AddMissing(report, _nonce, IdentityFields.NonceName, errors))
        {
            report.Key = report[_nonce];
        }
    }

    private static bool AddMissing(Report report, int slot, string name, ReportErrors errors)
    {
        bool isMissing = !report[slot].IsPresent;
        if (isMissing && !errors.Has(name))
        {
            errors.Add(name, Expectations.Missing);
        }

        return isMissing;
    }

    private void CheckPeriod(Report report, ReportErrors errors, DateTimeOffset now)
    {
        if (AddMissing(report, _period, IdentityFields.PeriodName, errors))
        {
            return;
        }

        // Clocks differ, and a report may be on its way while the period ends.
        ReadOnlySpan<byte> period = report.Text(report[_period]);
        if (!IsPeriodOf(now, period)
            && !IsPeriodOf(now - ServerLimits.PeriodEdge, period)
            && !IsPeriodOf(now > DateTimeOffset.MaxValue - ServerLimits.PeriodEdge ? now : now + ServerLimits.PeriodEdge, period))
        {
            errors.Add(IdentityFields.PeriodName, Expectations.Period(ReportPeriod.Of(_identity.Rotates, now)));
        }
    }

    private bool IsPeriodOf(DateTimeOffset time, ReadOnlySpan<byte> period) =>
        Ascii.Equals(period, ReportPeriod.Of(_identity.Rotates, time));

    // Negative where the schema has not opted into it.
    private static int SlotOf(ReportSchema schema, string name) => schema.Find(name) is null
        ? -1
        : Report.FirstFieldSlot + schema.Fields.TakeWhile(field => field.Name != name).Count();
}
