using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Samples;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>
/// The configuration of <c>ops/nginx</c> in a real nginx, with the built reference server behind it that believes this proxy
/// and nobody else.
/// </summary>
[RequiresTool("nginx")]
[Platform("Linux", Reason = "All of 127.0.0.0/8 is this machine.")]
public sealed class NginxTests
{
    // Another address of this machine, so that the proxy is told from whoever else is on it.
    private const string Proxy = "127.0.0.2";

    private readonly int _port = FreePort.Find();
    private TemporaryFolder _folder = null!;
    private TemporaryFolder _data = null!;
    private ServerProcess _server = null!;
    private TestAuthority _authority = null!;
    private ChildProcess _nginx = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _data = new TemporaryFolder();
        _server = await ServerProcess.StartAsync(
            _data.Path, settings: [$"--UsageReporting:Server:Proxies:0={Proxy}", "--UsageReporting:Server:ReportsOfNetwork=1"]);
        IPAddress outside = Outside();
        _authority = new TestAuthority();
        await ConfigureAsync(outside.ToString());
        _nginx = ChildProcess.Start("nginx", Arguments());
        _client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new()
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { _authority.Certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        })
        {
            BaseAddress = new Uri($"https://{outside}:{_port}"),
        };
        await ListeningAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _nginx.DisposeAsync();
        _authority.Dispose();
        await _server.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Check_Configuration_HasNoMistake()
    {
        ChildResult check = await ChildProcess.RunAsync("nginx", ["-t", .. Arguments()]);

        Assert.That(check.ExitCode, Is.Zero, check.Error);
        Assert.That(check.Error, Does.Not.Contain("[warn]"));
    }

    [Test, Property("Case", 84)]
    public async Task PostReport_ThroughTheProxy_IsOfTheAddressThatTheProxySees()
    {
        HttpStatusCode first = await PostAsync(_client, "198.51.100.1");
        HttpStatusCode forged = await PostAsync(_client, "203.0.113.1");

        Assert.That(first, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(forged, Is.EqualTo(HttpStatusCode.TooManyRequests), "The network has sent its report, whatever it says that it is.");
    }

    [Test, Property("Case", 84)]
    public async Task PostReport_PastTheProxy_IsNotBelieved()
    {
        using HttpClient direct = new() { BaseAddress = _server.Address };

        for (int i = 0; i < 3; i++)
        {
            Assert.That(await PostAsync(direct, "198.51.100.1"), Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [Test]
    public async Task PostReport_ThroughTheProxy_LeavesNoAddressInItsFiles()
    {
        await PostAsync(_client, "198.51.100.1");
        _nginx.Signal("QUIT");
        ChildResult result = await _nginx.WaitForExitAsync();

        string[] files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output + result.Error, Is.Empty);
        Assert.That(files, Does.Contain(_folder.Combine("access.log")), "Where nginx would write what it is not told to leave out.");
        Assert.That(new FileInfo(_folder.Combine("access.log")).Length, Is.Zero);
    }

    // Whoever comes from loopback is of no network, so that the client has to come from elsewhere.
    private static IPAddress Outside()
    {
        IPAddress? found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        if (found is null)
        {
            Missing.Skip("needs an address of this machine that is not loopback");
        }

        return found;
    }

    // Names and places of the machine that it is for become those of this test; everything else stays.
    private async Task ConfigureAsync(string host)
    {
        using X509Certificate2 certificate = _authority.Issue(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), host);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(_folder.Combine("usage.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.Combine("usage.key"), key.ExportPkcs8PrivateKeyPem());
        string site = (await File.ReadAllTextAsync(RepositoryRoot.Combine("ops", "nginx", "usage-reports.conf")))
            .Replace("listen 443 ssl", $"listen {_port} ssl", StringComparison.Ordinal)
            .Replace("/etc/nginx/certificates", _folder.Path, StringComparison.Ordinal)
            .Replace("http://usage:8080;", $"http://{_server.Address.Authority};\n        proxy_bind {Proxy};", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.Combine("site.conf"), site);
        await File.WriteAllTextAsync(_folder.Combine("nginx.conf"), $$"""
            daemon off;
            pid {{_folder.Path}}/nginx.pid;
            error_log stderr warn;
            events { }
            http {
                access_log {{_folder.Path}}/access.log;
                client_body_temp_path {{_folder.Path}}/body;
                proxy_temp_path {{_folder.Path}}/proxy;
                fastcgi_temp_path {{_folder.Path}}/fastcgi;
                uwsgi_temp_path {{_folder.Path}}/uwsgi;
                scgi_temp_path {{_folder.Path}}/scgi;
                include {{_folder.Path}}/site.conf;
            }
            """);
    }

    // The log that is open before the configuration is read would be one of the machine's.
    private string[] Arguments() => ["-e", "stderr", "-p", _folder.Path, "-c", _folder.Combine("nginx.conf")];

    private async Task ListeningAsync()
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using HttpResponseMessage live = await _client.GetAsync("/healthz/live", bound.Token);
                live.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, bound.Token);
            }
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string forwardedFor)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/report");
        request.Content = new StringContent(Reports.Paperless(Reports.NewId()), Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
