namespace UsageReporting;

/// <summary>A sink whose endpoint gives back and erases what it has stored. It may throw, which counts as no answer.</summary>
/// <remarks>
/// It is shown the secret of what the history says it may have got, and of ids of which the history holds nothing. Whoever sees a
/// secret can ask each endpoint that has reports with that id: where an application reports to several operators with an id that
/// stays, they share it. A sink that
/// renders reports in another format has the id in it as it is: by that the history finds them again. Of sinks whose destinations have the same scheme, host and port one is asked for all.
/// </remarks>
public interface IErasingSink : IReportSink
{
    /// <summary>Asks for all that is stored of an installation; answered with JSON.</summary>
    /// <param name="proof">Whose.</param>
    /// <param name="cancellationToken">Cancelled by the host, and after 70 s.</param>
    ValueTask<TakeBackResult> ExportAsync(InstallationProof proof, CancellationToken cancellationToken);

    /// <summary>
    /// Has an installation erased; answered with JSON that holds <c>receipt</c>, <c>signature</c> and, where it is known,
    /// <c>public_key</c>.
    /// </summary>
    /// <param name="proof">Whose.</param>
    /// <param name="cancellationToken">Cancelled by the host, and after 70 s.</param>
    ValueTask<TakeBackResult> EraseAsync(InstallationProof proof, CancellationToken cancellationToken);
}
