using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.AspNetCore;

/// <summary>
/// The name of what a person would agree to: what reports hold and may hold, who receives and reads them, and where they go.
/// Not the values of the next report, which may be others by the time that it is due.
/// </summary>
internal static class ShownTerms
{
    public static string Of(UsageReporter reporter)
    {
        StringBuilder text = new(Encoding.UTF8.GetString(reporter.Schema.ToJson()));
        foreach (UsageEndpoint endpoint in reporter.Endpoints)
        {
            text.Append('\n').Append(endpoint.Level).Append(' ').Append(endpoint.Destination);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
