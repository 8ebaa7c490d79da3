namespace UsageReporting.Tests.Clients;

/// <summary>A sink whose endpoint gives back and erases as the test says.</summary>
internal sealed class ErasingSink(string destination = "https://stats.example.org/report") : IErasingSink
{
    public string Destination => destination;

    public UsageLevel? Level { get; init; }

    public List<InstallationProof> Asked { get; } = [];

    public Func<InstallationProof, TakeBackResult> Answer { get; set; } = _ => new TakeBackResult.Unknown();

    public DeliveryResult Delivered { get; set; } = new DeliveryResult.Accepted();

    public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Delivered);

    public ValueTask<TakeBackResult> ExportAsync(InstallationProof proof, CancellationToken cancellationToken) =>
        EraseAsync(proof, cancellationToken);

    public ValueTask<TakeBackResult> EraseAsync(InstallationProof proof, CancellationToken cancellationToken)
    {
        Asked.Add(proof);
        return ValueTask.FromResult(Answer(proof));
    }
}
