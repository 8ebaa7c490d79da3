using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Transports;

/// <summary>Sinks of different kinds in one application: each has its own state of delivery.</summary>
public sealed class TwoSinksTests
{
    private static readonly ScriptedPrompt Yes = new(ConsentAnswer.Yes);

    [TestCase(true)]
    [TestCase(false)]
    public async Task ReportAsync_HttpWithoutAnAnswerAndAFile_OnlyHttpIsRepeated(bool isFileFirst)
    {
        using TemporaryFolder folder = new();
        string[] answers = ["", "HTTP/1.1 204 No Content\r\n\r\n"];
        int requests = 0;
        await using LoopbackServer server = new((stream, token) =>
            stream.WriteAsync(Encoding.Latin1.GetBytes(answers[requests++]), token).AsTask());
        await using ServiceProvider client = Client(folder, server.Endpoint, isFileFirst);
        UsageReporter reporter = client.GetRequiredService<UsageReporter>();
        string path = folder.Combine("reports.jsonl");

        ReportOutcome first = await reporter.ReportAsync(Yes);
        Assert.That(
            first,
            Is.EqualTo(new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("ResponseEnded", MaybeReceived: true)) { IsSentElsewhere = true }));
        string line = (await File.ReadAllLinesAsync(path)).Single();

        ReportOutcome second = await reporter.ReportAsync(Yes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(new ReportOutcome.Sent()));
            Assert.That(await File.ReadAllLinesAsync(path), Is.EqualTo(new[] { line }));
            Assert.That(server.Requests, Has.Count.EqualTo(2).And.All.EndsWith("\r\n\r\n" + line));
            Assert.That(folder.Combine("state", "frozen_report.json"), Does.Not.Exist);
        }
    }

    private static ServiceProvider Client(TemporaryFolder folder, Uri endpoint, bool isFileFirst)
    {
        ServiceCollection services = new();
        UsageReportingBuilder reporting = services
            .AddUsageReporting("paperless-ngx", options =>
            {
                Paperless.Configure(options);
                options.DataDirectory = folder.Combine("state");
            })
            .AddCollector(Paperless.Schema.Fields, (_, values, _) =>
            {
                Paperless.Fill(values);
                return ValueTask.CompletedTask;
            });
        Action[] sinks =
        [
            () => reporting.AddHttpSink(endpoint.AbsoluteUri),
            () => reporting.AddFileSink(folder.Combine("reports.jsonl")),
        ];
        foreach (Action add in isFileFirst ? sinks.Reverse() : sinks)
        {
            add();
        }

        return services.BuildServiceProvider();
    }
}
