namespace UsageReporting;

/// <summary>Which property of Google Analytics 4 reports go to.</summary>
public sealed class GoogleAnalyticsOptions
{
    /// <summary>The id of the web data stream, such as <c>G-A1B2C3D4E5</c>.</summary>
    /// <value>Required.</value>
    public string MeasurementId { get; set; } = "";

    /// <summary>
    /// The API secret of that stream. It travels with each request from each installation, so that it keeps no secret: whoever
    /// has the application can send whatever they like.
    /// </summary>
    /// <value>Required.</value>
    public string ApiSecret { get; set; } = "";

    /// <summary>
    /// The address of the Measurement Protocol: <c>https</c>, or <c>http</c> on this machine only.
    /// <c>https://region1.google-analytics.com/mp/collect</c> is the one in the European Union.
    /// </summary>
    /// <value>Default <c>https://www.google-analytics.com/mp/collect</c>.</value>
    public Uri Endpoint { get; set; } = new("https://www.google-analytics.com/mp/collect");
}
