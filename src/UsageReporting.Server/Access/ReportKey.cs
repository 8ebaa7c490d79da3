using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Access;

/// <summary>Who may report for a product: everybody or, where it has a key, who shows that one or the operator's.</summary>
internal sealed class ReportKey(string? key, OperatorKey operatorKey)
{
    private readonly OperatorKey? _own = key is null ? null : new OperatorKey(key);

    // Both are compared in any case, so that nobody learns by the time which one is nearer.
    public bool IsShownBy(HttpRequest request) =>
        _own is null || (_own.IsShownBy(request) | operatorKey.IsShownBy(request));
}
