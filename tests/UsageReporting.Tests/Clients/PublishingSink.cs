using System.Text;

namespace UsageReporting.Tests.Clients;

/// <summary>A sink whose endpoint publishes what the test says.</summary>
internal sealed class PublishingSink(Func<NumbersResult> answer) : IPublishingSink
{
    public PublishingSink(string json)
        : this(() => new NumbersResult.Answered(Encoding.UTF8.GetBytes(json)))
    {
    }

    public string Destination => "https://stats.example.org/report";

    /// <summary>The products whose numbers it was asked for.</summary>
    public List<string> Asked { get; } = [];

    public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DeliveryResult>(new DeliveryResult.Accepted());

    public ValueTask<NumbersResult> GetNumbersAsync(string product, CancellationToken cancellationToken)
    {
        Asked.Add(product);
        return ValueTask.FromResult(answer());
    }
}
