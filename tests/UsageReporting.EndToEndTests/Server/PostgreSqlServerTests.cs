using System.Net;
using Npgsql;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The built ReferenceServer on PostgreSQL.</summary>
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlServerTests
{
    private TemporaryFolder _folder = null!;
    private string _connectionString = "";

    private string[] Settings => [$"--UsageReporting:Server:PostgreSql={_connectionString}"];

    [SetUp]
    public void Prepare()
    {
        _folder = new TemporaryFolder();
        _connectionString = PostgreSqlCluster.Shared.CreateDatabase();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test, RequiresTool("psql", "postgresql-client-15")]
    public async Task Query_WhileTheServerRuns_Answers()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings: Settings);
        foreach (string channel in new[] { "beta", "beta", "stable" })
        {
            using StringContent report = new(Reports.Paperless(Reports.NewId(), channel), System.Text.Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await server.Http.PostAsync("/report", report);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }

        NpgsqlConnectionStringBuilder place = new(_connectionString);
        foreach ((string sql, string[] rows) in SeedQueries.All)
        {
            ChildResult shell = await ChildProcess.RunAsync(
                "psql", ["-h", place.Host!, "-U", place.Username!, "-At", "-c", sql, place.Database!]);

            Assert.That(shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(rows), shell.Error);
        }
    }

    [Test, Property("Case", 38)]
    public async Task PostReport_64AtOnceToTwoProcesses_AcceptsOne()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(_folder.Path, settings: Settings);
        await using ServerProcess second = await ServerProcess.StartAsync(_folder.Path, settings: Settings);
        for (int round = 0; round < 5; round++)
        {
            string id = Reports.NewId();
            HttpStatusCode[] answers = await Task.WhenAll(
                Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).SendAsync(id))));

            Assert.That(answers.Count(answer => answer == HttpStatusCode.NoContent), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer == HttpStatusCode.TooManyRequests), Is.EqualTo(63));
        }

        Assert.That(PostgreSqlCluster.Query(_connectionString, "SELECT count(*) FROM reports"), Is.EqualTo(new[] { "5" }));
    }

    [Test, Property("Case", 102)]
    public async Task Start_DatabaseCannotBeReached_SaysSoInOneLineWithoutThePassword()
    {
        await using ChildProcess server = ServerProcess.Run(
            _folder.Path, settings: ["--UsageReporting:Server:PostgreSql=Host=127.0.0.1;Port=1;Username=usage;Database=usage;Password=geheim"]);

        ChildResult result = await server.WaitForExitAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Is.EqualTo(
            "The server cannot start: The database usage of PostgreSQL at 127.0.0.1:1 cannot be used: Failed to connect to 127.0.0.1:1\n"));
    }

    [TestCase("Host=127.0.0.1;Port=many;Password=geheim", "cannot be read")]
    [TestCase("Password=geheim", "has no Host")]
    [TestCase("postgres://usage:geheim@localhost/usage", "cannot be read")]
    [Property("Case", 102)]
    public async Task Start_WrongConnectionString_SaysSoInOneLineWithoutThePassword(string connectionString, string words)
    {
        await using ChildProcess server = ServerProcess.Run(
            _folder.Path, settings: [$"--UsageReporting:Server:PostgreSql={connectionString}"]);

        ChildResult result = await server.WaitForExitAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error.TrimEnd('\n'), Does.StartWith("The server cannot start: ").And.Contain(words).And.Not.Contain("geheim").And.Not.Contain("\n"));
    }
}
