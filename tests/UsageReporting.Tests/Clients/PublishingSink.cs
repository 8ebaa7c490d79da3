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

    public UsageLevel? Level { get; init; }

    /// <summary>Where its numbers are.</summary>
    public string Numbers { get; init; } = "https://numbers.example.org/summary.json";

    /// <summary>The products whose numbers it was asked for.</summary>
    public List<string> Asked { get; } = [];

    public ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DeliveryResult>(new DeliveryResult.Accepted());

    public string NumbersOf(string product) => Numbers;

    public ValueTask<NumbersResult> GetNumbersAsync(string product, CancellationToken cancellationToken)
    {
        Asked.Add(product);
        return ValueTask.FromResult(answer());
    }
}
