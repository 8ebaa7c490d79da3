namespace UsageReporting.Server.Access;

/// <summary>What a network's report is told at the gate.</summary>
/// <param name="Network">The network, as today's hash.</param>
/// <param name="Day">The day of the hash.</param>
/// <param name="IsBusy">Whether the network has had its new installations of the day.</param>
/// <param name="HasPlace">Whether a place among them was taken for this report.</param>
/// <param name="RefusedFor">How long the network's reports are refused; null if they are not.</param>
internal readonly record struct NetworkPass(ulong Network, DateOnly Day, bool IsBusy, bool HasPlace, TimeSpan? RefusedFor)
{
    public static NetworkPass OfNoNetwork => default;
}
