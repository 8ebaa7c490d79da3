using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Dashboard;

/// <summary>A file of the dashboard.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Content">What is in it.</param>
internal sealed record DashboardFile(string Type, byte[] Content)
{
    /// <summary>With which status it is answered: a page may say that there is none.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What tells it from another version of it, where that is less than all that is in it.</summary>
    public byte[]? Told { get; init; }

    /// <summary>What it may load where a browser shows it.</summary>
    public string Policy { get; init; } = "default-src 'none'";
}
