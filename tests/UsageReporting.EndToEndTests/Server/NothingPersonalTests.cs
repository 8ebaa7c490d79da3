using System.IO.Compression;
using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// Canaries in every place of requests to the real server, from an address that nobody else has: none of them is in a
/// line of the log, in an answer or in a file, but for what an accepted report says, in its own columns.
/// </summary>
public sealed class NothingPersonalTests
{
    private const string Client = "127.77.66.55";

    // What the accepted report says: a text in three columns, and its id.
    private const string StoredId = "ca9a4e00-1111-4111-8111-ca9a4eca9a4e";
    private const string Stored = "CANARYstored";

    // What no report may say, or what is no report.
    private static readonly string[] Canaries =
    [
        "CANARYvalue", "CANARYunknownname", "CANARYunknownvalue", "CANARYheadername", "CANARYheadervalue", "CANARYagent",
        "CANARYkey", "CANARYcookie", "CANARYbearer", "CANARYbody", "CANARYforwarded", "CANARYreferer", "CANARYtype", "CANARYcoding",
        "CANARYmethod", "CANARYhost", "CANARYbad", "CANARYtrailer", "CANARYadminkey", "CANARYproductkey", "CANARYsecret",
        "203.0.113.77", "2001:db8:ca9a::4e", "ca9a4e00-2222-4222-8222", Client,
    ];

    // What the line of the request says, which ASP.NET Core itself logs at Information.
    private static readonly string[] RequestLine = ["CANARYquery", "CANARYpath", "ca9a4e00-3333-4333-8333"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_AsItIsAndOurOwnLogAtTrace_KeepsNothing()
    {
        (string log, string answers) = await SendAllAsync("--Logging:LogLevel:UsageReporting=Trace");

        Assert.Multiple(() =>
        {
            Assert.That(Found([.. Canaries, .. RequestLine, StoredId, Stored], log), Is.Empty, log);
            Assert.That(Found([.. Canaries, .. RequestLine, StoredId, Stored], answers), Is.Empty, answers);
            AssertFiles();
        });
    }

    // The host's own choice: at Trace ASP.NET Core and Kestrel say what they like about a request's line and its headers
    // that are malformed or that it acts on. Bodies, ids, addresses, keys and all other headers are not among it.
    [Test]
    public async Task Run_EverythingAtTrace_LogsNothingOfBodiesAddressesAndKeys()
    {
        (string log, _) = await SendAllAsync("--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace");

        Assert.Multiple(() =>
        {
            Assert.That(log, Does.Contain("CANARYquery"), "The log is read, and canaries in it are found.");
            Assert.That(
                Found([.. Canaries.Except(["CANARYtype", "CANARYmethod", "CANARYhost", "CANARYbad"]), StoredId, Stored], log), Is.Empty);
            AssertFiles();
        });
    }

    // All that happens to one who may do it: real keys, a real secret, and what they open.
    [Test]
    public async Task Run_StoredSeenAndErasedByRealKeys_KeepsNothing()
    {
        string data = $"--UsageReporting:Server:DataDirectory={_folder.Path}";
        ChildResult added = await ChildProcess.RunAsync(
            "dotnet", [BuiltSample.Dll("ReferenceServer"), "keys", "add", "napari", "--scopes=report,admin", data]);
        string key = added.Output.Trim();
        Installation one = Installation.NewRotating();
        Installation other = Installation.NewRotating();
        await using ChildProcess server = ChildProcess.Start(
            "dotnet", [BuiltSample.Dll("ReferenceServer"), "--urls", "http://127.0.0.1:0", data, "--Logging:LogLevel:UsageReporting=Trace"]);
        await server.WaitForOutputAsync("usage.db");
        Uri address = new(server.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));

        List<string> answers = [];
        foreach (string request in new[]
        {
            Post("/napari/report", Reports.Napari(one)),
            Post("/napari/report", Reports.Napari(other)),
            Post("/installation/export", one.Proof(product: "napari")),
            Post("/installation/erase", one.Proof(product: "napari")),
            Post($"/installation/{other.Id}?product=napari", "").Replace("POST", "DELETE", StringComparison.Ordinal),
        })
        {
            using RawConnection connection = await RawConnection.OpenAsync(address, IPAddress.Parse(Client));
            await connection.SendAsync(WithKey(key, request));
            answers.Add(await connection.ReadToEndAsync());
        }

        string[] secrets = [key, key.Split('_')[2], one.Secret, other.Secret];
        Assert.That(RawConnection.StatusesIn(string.Join('\n', answers)), Is.EqualTo("204 204 200 200 200"));
        Assert.That(answers[2], Does.Contain(one.Id));
        Assert.That(() => one.IsIn(_folder.Path) || other.IsIn(_folder.Path), Is.False.After(30_000, 100), "As soon as nobody reads.");
        server.Signal("TERM");
        ChildResult result = await server.WaitForExitAsync();
        string log = result.Output + result.Error;
        string files = string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Multiple(() =>
        {
            Assert.That(log, Does.Contain("Erasing an installation of napari: allowed to the key "));
            Assert.That(Found([.. secrets, one.Id, other.Id, Client], log), Is.Empty, log);
            Assert.That(Found(secrets, string.Concat(answers)), Is.Empty);
            Assert.That(Found([one.Id, other.Id], string.Concat(answers[3..])), Is.Empty, "Receipts can be shown around.");
            Assert.That(Found([key.Split('_')[1]], files), Is.Not.Empty, "The files are read, and what is in them is found.");
            Assert.That(Found([.. secrets, one.Id, other.Id, Client], files), Is.Empty);
        });
    }

    private async Task<(string Log, string Answers)> SendAllAsync(params string[] settings)
    {
        await using ChildProcess server = ChildProcess.Start(
            "dotnet",
            [
                BuiltSample.Dll("ReferenceServer"), "--urls", "http://127.0.0.1:0",
                $"--UsageReporting:Server:DataDirectory={_folder.Path}", "--UsageReporting:Server:AdminKey=CANARYadminkey",
                "--UsageReporting:Server:Products:2:ApiKey=CANARYproductkey", .. settings,
            ]);
        await server.WaitForOutputAsync("usage.db");
        Uri address = new(server.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));

        StringBuilder answers = new();
        foreach (string request in Requests())
        {
            using RawConnection connection = await RawConnection.OpenAsync(address, IPAddress.Parse(Client));
            await connection.SendAsync(request);
            answers.Append(await connection.ReadToEndAsync()).Append('\n');
        }

        // Gone in the middle of its body.
        using RawConnection broken = await RawConnection.OpenAsync(address, IPAddress.Parse(Client));
        await broken.SendAsync(Post("/report", Report("CANARYbody"), "Content-Length: 4000\r\n"));
        broken.Reset();

        server.Signal("TERM");
        ChildResult result = await server.WaitForExitAsync();
        Assert.That(
            RawConnection.StatusesIn(answers.ToString()),
            Does.StartWith("204 429 400 400 400 415 415 405 404").And.Contain("401 400 200 404 400 404 400 401 404"));
        return (result.Output + result.Error, answers.ToString());
    }

    private static IEnumerable<string> Requests()
    {
        string good = Report(Stored, StoredId);
        yield return Post("/report?q=CANARYquery", good);
        yield return Post("/report", good);
        yield return Post("/report", Report("CANARYvalue<>").Replace("CANARYvalue<>\"", "CANARYvalue<>\",\"Arch\":\"CANARYvalue\"", StringComparison.Ordinal));
        yield return Post("/report", "CANARYbody{{{");
        yield return Post("/report", "CANARYbody", "Content-Encoding: gzip\r\n");
        yield return Post("/report", good, "Content-Encoding: CANARYcoding\r\n");
        yield return Post("/report", good).Replace("application/json", "text/CANARYtype", StringComparison.Ordinal);
        yield return Post("/report", good).Replace("POST", "CANARYmethod", StringComparison.Ordinal);
        yield return Post("/CANARYpath", good);
        yield return Post("/schema/CANARYpath", "").Replace("POST", "GET", StringComparison.Ordinal);
        yield return Post("/report", good).Replace("Host: x", "Host: CANARYhost@x", StringComparison.Ordinal);
        yield return Post("/report", good, "CANARYbad header\r\n");
        yield return "CANARYbad\r\n\r\n";
        yield return Post("/napari/report", "CANARYbody{{{");
        yield return WithKey("CANARYproductkey", Post("/napari/report", "CANARYbody{{{"));
        yield return WithKey("CANARYadminkey", Post("/stats/anomalies", "").Replace("POST", "GET", StringComparison.Ordinal));
        foreach (string path in new[] { "/installation/export", "/installation/erase" })
        {
            yield return Post(path, """{"product":"napari","id":"ca9a4e00-2222-4222-8222-ca9a4eca9a4e","erasure_secret":"CANARYsecret"}""");
            yield return Post(path, "CANARYbody{{{");
        }

        string deletion = Post("/installation/ca9a4e00-3333-4333-8333-ca9a4eca9a4e?product=napari", "").Replace("POST", "DELETE", StringComparison.Ordinal);
        yield return deletion;
        yield return WithKey("CANARYadminkey", deletion);
        yield return Post("/downloads", """{"downloads":[{"name":"wp-plugin/a","version":"1.0.0.0"},{"name":"CANARYbody/b","version":"CANARYvalue"}]}""");
        yield return Post("/downloads", "CANARYbody{{{");
        yield return Post("/report", Gzip(Report("CANARYvalue<>")), "Content-Encoding: gzip\r\n");
        yield return Post("/report", "4;CANARYtrailer\r\n{\"a\"\r\n0\r\nX-Trailer: CANARYtrailer\r\n\r\n", "Transfer-Encoding: chunked\r\n");
    }

    private static string Post(string target, string body, string headers = "")
    {
        string length = headers.Contains("Transfer-Encoding", StringComparison.Ordinal) || headers.Contains("Content-Length", StringComparison.Ordinal)
            ? ""
            : $"Content-Length: {body.Length}\r\n";
        return $"POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}{length}"
            + "CANARYheadername: 1\r\nX-Other: CANARYheadervalue\r\nUser-Agent: CANARYagent/1.0\r\nX-API-Key: CANARYkey\r\n"
            + "Cookie: a=CANARYcookie\r\nAuthorization: Bearer CANARYbearer\r\nReferer: http://CANARYreferer/\r\n"
            + $"X-Forwarded-For: 203.0.113.77, 2001:db8:ca9a::4e\r\nX-Real-IP: 203.0.113.77\r\nForwarded: for=CANARYforwarded\r\n\r\n{body}";
    }

    private static string WithKey(string key, string request) => request.Replace("CANARYkey", key, StringComparison.Ordinal);

    private static string Report(string text, string id = "ca9a4e00-2222-4222-8222-ca9a4eca9a4e") =>
        $$"""
        {"uuid":"{{id}}","version":"2.15.0","channel":"beta","install_type":"docker","arch":"{{text}}","commit":"{{text}}","python":"{{text}}","CANARYunknownname":{"CANARYunknownname":"CANARYunknownvalue"} }
        """;

    private static string Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Encoding.Latin1.GetString(compressed.ToArray());
    }

    private static IEnumerable<string> Found(IEnumerable<string> canaries, string text) =>
        canaries.Where(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase));

    private void AssertFiles()
    {
        string database = _folder.Combine("usage.db");
        string bytes = string.Concat(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => $"{file}\n{Encoding.Latin1.GetString(File.ReadAllBytes(file))}\n"));
        string[] tables = [.. StoredReports.Query(database, "SELECT name FROM sqlite_schema WHERE type = 'table'").Select(row => (string)row["name"]!)];
        IEnumerable<string> columns =
            from table in tables
            from row in StoredReports.Query(database, $"SELECT * FROM \"{table}\"")
            from column in row
            where column.Value is string text && Found([Stored, StoredId], text).Any()
            select $"{table}.{column.Key}";

        Assert.That(Found([.. Canaries, .. RequestLine], bytes), Is.Empty);
        Assert.That(Found([Stored], bytes), Is.Not.Empty, "The files are read, and canaries in them are found.");
        Assert.That(
            columns.Where(column => !column.StartsWith("installations.", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "uuid", "arch", "commit", "python" }.Select(column => $"reports_paperless_ngx.{column}")));
    }
}
