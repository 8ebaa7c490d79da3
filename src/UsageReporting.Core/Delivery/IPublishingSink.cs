namespace UsageReporting;

/// <summary>A sink whose endpoint also publishes the numbers of all that report. It may throw, which counts as no answer.</summary>
public interface IPublishingSink : IReportSink
{
    /// <summary>The address that the numbers come from, which people read: it need not be where reports go.</summary>
    /// <param name="product">The product's name.</param>
    string NumbersOf(string product);

    /// <summary>
    /// Gets all published numbers of a product at once: what a person looks for in them stays here. The request says nothing of
    /// the installation.
    /// </summary>
    /// <param name="product">The product's name.</param>
    /// <param name="cancellationToken">Cancelled by the host, and after 70 s.</param>
    ValueTask<NumbersResult> GetNumbersAsync(string product, CancellationToken cancellationToken);
}
