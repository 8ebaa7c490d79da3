namespace UsageReporting;

/// <summary>How reporting stands on this machine, in every detail.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Since">When the person chose; null where no choice is kept.</param>
/// <param name="Until">When their yes ends; null where it does not.</param>
/// <param name="LastSent">The latest report that was accepted, or as it seems; null where there is none.</param>
/// <param name="NextDue">From when on the next one may be sent; null where none is sent without a question.</param>
/// <param name="Kept">Everything that the library keeps here, what is not there yet included.</param>
/// <param name="Switches">Every file and variable that can switch reporting off, in the order in which they count.</param>
public sealed record UsageDetails(
    UsageStatus Status,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    SentReport? LastSent,
    DateTimeOffset? NextDue,
    IReadOnlyList<KeptDocument> Kept,
    IReadOnlyList<string> Switches);
