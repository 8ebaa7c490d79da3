using System.Globalization;
using System.Text;

namespace UsageReporting.Load;

/// <summary>A request but for the id that stands somewhere in it.</summary>
internal sealed class PreparedRequest
{
    private const string Id = "00000000-0000-4000-8000-000000000000";

    private PreparedRequest(string path, string body, string headers = "")
    {
        Bytes = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        IdAt = Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Id));
    }

    /// <summary>A report with the values of document 000's example.</summary>
    public static PreparedRequest Report { get; } = new(
        "/report",
        $$"""{"uuid":"{{Id}}","version":"2.15.0","channel":"beta","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z","install_type":"docker","arch":"x86_64","python":"3.12.1","database":"postgresql","doc_bucket":"1000-9999","multi_user":true,"feature_mail":true,"feature_ai":false}""");

    /// <summary>A notification of one install, as Composer sends it; the id makes it another client's.</summary>
    public static PreparedRequest Install { get; } = new(
        "/downloads",
        """{"downloads":[{"name":"wp-plugin\/akismet","version":"5.0.0.0"}]}""",
        $"User-Agent: Composer/2.5.5 (Linux; {Id}; PHP 8.2.36; cURL 7.88.1)\r\n");

    public byte[] Bytes { get; }

    public int IdAt { get; }
}
