using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace UsageReporting.ConventionTests.Addresses;

/// <summary>A package's assembly as it is built.</summary>
internal sealed partial class ShippedAssembly(string name)
{
    // Every type of the framework and of our packages' dependencies by which something leaves a process for the network.
    private static readonly string[] Ways =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.IHttpClientFactory", "System.Net.WebClient",
        "System.Net.WebRequest", "System.Net.Dns", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.UdpClient", "System.Net.WebSockets.ClientWebSocket", "System.Net.Quic.QuicConnection",
        "System.Net.Mail.SmtpClient", "System.Net.NetworkInformation.Ping", "Npgsql.NpgsqlConnection", "Npgsql.NpgsqlDataSource",
    ];

    private readonly byte[] _bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));

    /// <summary>All addresses in it: literals of its code are in UTF-16, files inside it in UTF-8.</summary>
    public IEnumerable<string> Addresses() => new[]
        {
            Encoding.Latin1.GetString(_bytes), Encoding.Unicode.GetString(_bytes), Encoding.Unicode.GetString(_bytes, 1, _bytes.Length - 1),
        }
        .SelectMany(text => Address().Matches(text)).Select(match => match.Value).Distinct();

    /// <summary>By what it could speak to others.</summary>
    public IEnumerable<string> WaysOut()
    {
        using PEReader file = new(new MemoryStream(_bytes));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").Where(Ways.Contains),
        ];
    }

    [GeneratedRegex(@"[a-z][a-z+]{1,9}://[A-Za-z0-9._~:/?#@!&*+,;=%-]+")]
    private static partial Regex Address();
}
