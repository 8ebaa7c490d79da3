using UsageReporting.Server.Products;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage;

/// <summary>A valid report on its way into the store.</summary>
/// <param name="Product">Whose it is.</param>
/// <param name="Report">What it says; stays valid until the store has answered.</param>
/// <param name="Received">The server's time, UTC, in whole seconds.</param>
/// <param name="Sha256">The SHA-256 of its bytes, by which the same report is known again.</param>
internal sealed record IncomingReport(Product Product, Report Report, DateTimeOffset Received, byte[] Sha256)
{
    /// <summary>
    /// The latest time of an earlier report that does not stand in the way of this one: exactly one window before, or
    /// any time at all where the product has no window.
    /// </summary>
    public DateTimeOffset AcceptedAfter =>
        Product.Window == TimeSpan.Zero ? DateTimeOffset.MaxValue : Received - Product.Window;
}
