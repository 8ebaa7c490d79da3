using System.Text;

namespace UsageReporting.Tests.Clients;

/// <summary>A sink whose endpoint gives back and erases as the test says.</summary>
internal sealed class ErasingSink(string destination = "https://stats.example.org/report") : IErasingSink
{
    public string Destination => destination;

    public UsageLevel? Level { get; init; }

    /// <summary>What it makes of a report, as text.</summary>
    public Func<string, string> Rendering { get; set; } = report => report;

    public List<InstallationProof> Asked { get; } = [];

    public Func<InstallationProof, TakeBackResult> Answer { get; set; } = _ => new TakeBackResult.Unknown();

    public DeliveryResult Delivered { get; set; } = new DeliveryResult.Accepted();

    public ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> report) =>
        Encoding.UTF8.GetBytes(Rendering(Encoding.UTF8.GetString(report.Span)));

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
