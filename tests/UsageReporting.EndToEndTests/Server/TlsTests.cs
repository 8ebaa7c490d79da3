using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Samples;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using static UsageReporting.EndToEndTests.Server.TlsConnection;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// A host that speaks TLS, and with it HTTP/2, to clients that misuse them. Whatever they do, it accepts the next report.
/// </summary>
public sealed class TlsTests
{
    private TemporaryFolder _folder = null!;
    private TestAuthority _authority = null!;
    private X509Certificate2 _certificate = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _authority = new TestAuthority();
        _certificate = _authority.Issue(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _server = await RunningServer.StartAsync(_folder, certificate: _certificate);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await AssertAcceptsAsync("127.0.0.1");
        // Kestrel's own words for whoever wants answers faster than they are read; they hold a number of the connection only.
        string[] troubles = [.. _server.Log.Troubles.Where(t => !t.Contains("output operations maximum queue size", StringComparison.Ordinal))];
        await _server.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
        _folder.Dispose();
        Assert.That(troubles, Is.Empty, "No input makes the server complain.");
    }

    [Test, Property("Case", 82)]
    public async Task Send_PlainHttp_IsNotAnswered()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync("GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.Empty);
    }

    [Test, Property("Case", 82)]
    public Task Send_RecordsOfOneByte_IsStored() => AssertAcceptsAsync("127.0.0.1", size: 1);

    [Test, Property("Case", 82)]
    public Task Send_AnotherServersName_IsStored() => AssertAcceptsAsync("other.example");

    [Test, Property("Case", 82)]
    public async Task Send_SilentWithinTheHandshake_HarmsNobodyElse()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003");

        await AssertAcceptsAsync("127.0.0.1");
    }

    [Test, RequiresTool("openssl"), RequiresTool("script", "bsdutils"), Property("Case", 82)]
    public async Task Send_Renegotiation_IsRefused()
    {
        ChildResult run = await PseudoTerminal.RunAsync(
            "openssl",
            ["s_client", "-connect", _server.Address.Authority, "-tls1_2"],
            [new Typed("Verify return code", "R\n")],
            new ChildOptions());

        // A second handshake would show the certificate again.
        Assert.That(run.Output, Does.Contain("RENEGOTIATING").And.Not.Match("(?s)RENEGOTIATING.*depth="));
    }

    [Test, Property("Case", 83)]
    public async Task Send_StreamsResetAtOnce_HarmsNobodyElse()
    {
        await using TlsConnection connection = await OpenHttp2Async(_server.Address);
        _ = connection.ReadToEndAsync();

        // Kestrel ends the connection, sooner or later, when it cannot keep up.
        for (int stream = 1; stream < 20_000; stream += 2)
        {
            if (!await connection.SendAsync((byte[])[.. GetOn(stream), .. Of(Frame.Reset, 0, stream, 0, 0, 0, 8)]))
            {
                break;
            }
        }

        await AssertAcceptsAsync("127.0.0.1");
    }

    [Test, Property("Case", 83)]
    public async Task Send_HeadersWithoutAnEnd_EndsTheConnection()
    {
        await using TlsConnection connection = await OpenHttp2Async(_server.Address);
        Task<string> ended = connection.ReadToEndAsync();
        await connection.SendAsync(Of(Frame.Headers, EndStream, 1, 0x82));

        // A header of 100 bytes, each time another one: more than 8 KB together.
        byte[] header = [0x00, 1, (byte)'a', 100, .. Enumerable.Repeat((byte)'a', 100)];
        for (int i = 0; i < 10_000 && await connection.SendAsync(Of(Frame.Continuation, 0, 1, header)); i++)
        {
        }

        await ended;
    }

    [Test, Property("Case", 83)]
    public async Task Send_NoRoomForAnswers_HarmsNobodyElse()
    {
        // SETTINGS_INITIAL_WINDOW_SIZE is 0.
        await using TlsConnection connection = await OpenHttp2Async(_server.Address, 0, 4, 0, 0, 0, 0);

        for (int stream = 1; stream < 200; stream += 2)
        {
            await connection.SendAsync(GetOn(stream));
        }

        await AssertAcceptsAsync("127.0.0.1");
    }

    [Test, Property("Case", 83)]
    public async Task Send_100000Settings_HarmsNobodyElse()
    {
        await using TlsConnection connection = await OpenHttp2Async(_server.Address);
        // It takes no more than what its own answers are read for.
        _ = connection.ReadToEndAsync();
        byte[] hundred = [.. Enumerable.Repeat(Of(Frame.Settings, 0, 0), 100).SelectMany(frame => frame)];

        for (int i = 0; i < 1_000 && await connection.SendAsync(hundred); i++)
        {
        }

        await AssertAcceptsAsync("127.0.0.1");
    }

    private async Task AssertAcceptsAsync(string name, int size = int.MaxValue)
    {
        string body = Reports.Paperless(Reports.NewId());
        byte[] request = Encoding.ASCII.GetBytes(
            $"POST /report HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using TlsConnection connection = await OpenAsync(_server.Address, name, SslApplicationProtocol.Http11);
        foreach (byte[] record in request.Chunk(size))
        {
            await connection.SendAsync(record);
        }

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.EqualTo("204"));
    }
}
