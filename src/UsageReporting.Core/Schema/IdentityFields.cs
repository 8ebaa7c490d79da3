namespace UsageReporting;

/// <summary>
/// Declares the reserved fields, which the library fills: <c>period</c>, <c>nonce</c>, <c>ephemeral</c>,
/// <c>erasure_key</c> and those that say whether a report is the first. A schema has the ones that it opts into, with
/// <c>AddIdentityFields</c>.
/// </summary>
public static class IdentityFields
{
    /// <summary>The name of the field: the week or month of a rotating id.</summary>
    public const string PeriodName = "period";

    /// <summary>The name of the field: the number of a report without an id.</summary>
    public const string NonceName = "nonce";

    /// <summary>The name of the field: whether the report comes from where nothing lasts.</summary>
    public const string EphemeralName = "ephemeral";

    /// <summary>The name of the field: the fingerprint of the secret that erases.</summary>
    public const string ErasureKeyName = "erasure_key";

    /// <summary>The name of the field: whether this installation never reported before.</summary>
    public const string FirstReportName = "first_report";

    /// <summary>The name of the field: whether it did not report in this week.</summary>
    public const string FirstInWeekName = "first_in_week";

    /// <summary>The name of the field: whether it did not report in this month.</summary>
    public const string FirstInMonthName = "first_in_month";

    /// <summary>The name of the field: whether it never reported before.</summary>
    public const string FirstEverName = "first_ever";

    /// <summary>The digits of a nonce: 128 random bits.</summary>
    internal const int NonceLength = 32;

    /// <summary>The digits of an erasure key, an SHA-256.</summary>
    internal const int ErasureKeyLength = 64;

    /// <summary>Declares <c>period</c>: the week or month of a rotating id, which needs it.</summary>
    /// <param name="rotates">How long the id lasts.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static TextField Period(
        RotationPeriod rotates, string label = "Period", string purpose = "Which week or month this report counts for.") =>
        rotates == RotationPeriod.Week
            ? UsageField.Text(PeriodName, label, purpose, "[0-9]{4}-W[0-9]{2}", maxLength: 8)
            : UsageField.Text(PeriodName, label, purpose, "[0-9]{4}-[0-9]{2}", maxLength: 7);

    /// <summary>
    /// Declares <c>nonce</c>: a number drawn for one report without an id, so that it is counted once also where it is
    /// sent twice.
    /// </summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static TextField Nonce(
        string label = "Number of this report",
        string purpose = "A random number, drawn for this report only, so that it is counted once.") =>
        UsageField.Text(NonceName, label, purpose, "[0-9a-f]{32}", NonceLength);

    /// <summary>
    /// Declares <c>ephemeral</c>: whether the report comes from where nothing lasts, such as a build server or a
    /// container. A schema that has it takes such reports without an id, and they are counted apart.
    /// </summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static FlagField Ephemeral(
        string label = "Nothing lasts here",
        string purpose = "Whether it runs where nothing lasts, so that it is not counted as a new installation each time.") =>
        UsageField.Flag(EphemeralName, label, purpose);

    /// <summary>Declares <c>first_report</c>: whether this installation never reported before.</summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static FlagField FirstReport(
        string label = "First report", string purpose = "Whether this installation never reported before.") =>
        UsageField.Flag(FirstReportName, label, purpose);

    /// <summary>Declares <c>first_in_week</c>: whether this installation did not report in this ISO week, UTC.</summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static FlagField FirstInWeek(
        string label = "First in this week",
        string purpose = "Whether it is the first report of this week from here, to count installations without an id.") =>
        UsageField.Flag(FirstInWeekName, label, purpose);

    /// <summary>Declares <c>first_in_month</c>: whether this installation did not report in this month, UTC.</summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static FlagField FirstInMonth(
        string label = "First in this month",
        string purpose = "Whether it is the first report of this month from here, to count installations without an id.") =>
        UsageField.Flag(FirstInMonthName, label, purpose);

    /// <summary>Declares <c>first_ever</c>: whether this installation never reported before.</summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static FlagField FirstEver(
        string label = "First ever",
        string purpose = "Whether it is the first report from here at all, to count new installations without an id.") =>
        UsageField.Flag(FirstEverName, label, purpose);

    /// <summary>
    /// Declares <c>erasure_key</c>: the fingerprint of a secret that stays here and with which the report can be erased.
    /// With a rotating id it is a different one in each period.
    /// </summary>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is there.</param>
    public static TextField ErasureKey(
        string label = "Erasure key",
        string purpose = "The fingerprint of a secret that stays on this machine and with which this report can be erased.") =>
        UsageField.Text(ErasureKeyName, label, purpose, "[0-9a-f]{64}", ErasureKeyLength);
}
