using UsageReporting.Server.Products;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage;

/// <summary>A valid report on its way into the store.</summary>
/// <param name="Product">Whose it is.</param>
/// <param name="Report">What it says; stays valid until the store has answered.</param>
/// <param name="Received">The server's time, UTC, in whole seconds.</param>
/// <param name="IsOfBusyNetwork">
/// Whether its installation, if it is new, is not counted before it is seen again in another week: too many come from there.
/// </param>
internal readonly record struct IncomingReport(
    Product Product, Report Report, DateTimeOffset Received, bool IsOfBusyNetwork = false)
{
    /// <summary>Whether it says from which installation it is; one that does not is known by its nonce.</summary>
    public bool HasId => Report[Report.IdSlot].IsPresent;

    /// <summary>What it is known by, in UTF-8.</summary>
    public ReadOnlySpan<byte> Key => Report.Text(Report.Key);

    /// <summary>
    /// The latest time of an earlier report that does not stand in the way of this one: exactly one window before, or
    /// any time at all where the product has no window. An id that rotates reports once.
    /// </summary>
    public DateTimeOffset AcceptedAfter =>
        IsOnceOnly ? DateTimeOffset.MinValue
        : Product.Window == TimeSpan.Zero ? DateTimeOffset.MaxValue
        : Received - Product.Window;

    /// <summary>
    /// The latest time that an earlier report can truly have: one window ahead, as clocks are also set back by little. A
    /// later one was stamped by a clock that was wrong, and must not lock its installation out until that time has come.
    /// </summary>
    public DateTimeOffset BelievedUntil =>
        IsOnceOnly || Received > DateTimeOffset.MaxValue - Product.Window ? DateTimeOffset.MaxValue : Received + Product.Window;

    /// <summary>Whether it is accepted where the last one of its installation came at a time.</summary>
    public bool IsDueAfter(DateTimeOffset last) => last <= AcceptedAfter || last > BelievedUntil;

    private bool IsOnceOnly => HasId && Product.Rotates is not null;
}
