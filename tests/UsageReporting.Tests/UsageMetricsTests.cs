using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests;

public sealed class UsageMetricsTests
{
    private static readonly TextField Python = (TextField)Paperless.Schema.Find("python")!;

    private readonly List<string> _measured = [];
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _measured.Clear();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ReportAsync_Sent_IsMeasured()
    {
        await ReportAsync(new DeliveryResult.Accepted(), Paperless.Fill);

        Assert.That(_measured, Is.EqualTo(new[]
        {
            $"usage_reporting.collector.duration s collector={string.Join(", ", Paperless.Schema.Fields.Select(field => field.Name))}", "usage_reporting.reports.composed 1", "usage_reporting.reports.sent 1",
        }));
    }

    private static IEnumerable<TestCaseData> Refusals =>
    [
        new TestCaseData(new DeliveryResult.AlreadyReported(default, default)).Returns("already_reported"),
        new TestCaseData(ScriptedSink.Refused).Returns("unreachable"),
        new TestCaseData(ScriptedSink.Unanswered).Returns("no_answer"),
        new TestCaseData(new DeliveryResult.Rejected([])).Returns("rejected"),
        new TestCaseData(new DeliveryResult.Unauthorized()).Returns("unauthorized"),
    ];

    [TestCaseSource(nameof(Refusals))]
    public async Task<string> ReportAsync_Refused_IsMeasuredByResult(DeliveryResult result)
    {
        await ReportAsync(result, Paperless.Fill);

        string last = _measured[^1];
        Assert.That(last, Does.StartWith("usage_reporting.reports.refused 1 result="));
        return last[(last.IndexOf('=', StringComparison.Ordinal) + 1)..];
    }

    [Test]
    public async Task ReportAsync_FieldsLeftOut_AreMeasuredByReasonAndNeverByValue()
    {
        await ReportAsync(new DeliveryResult.Accepted(), values =>
        {
            Paperless.Fill(values);
            values.Set(Python, "canary with blanks");
        });

        Assert.That(_measured, Does.Contain("usage_reporting.fields.dropped 1 reason=undeclared"));
        Assert.That(_measured, Has.None.Contains("canary"));
    }

    private async Task ReportAsync(DeliveryResult result, Action<UsageValues> collect)
    {
        using TestClient client = new(_folder.Combine("state"), new ScriptedSink().Answering(result))
        {
            Collect = collect,
            Add = builder => builder.Services.AddMetrics(),
        };
        IMeterFactory factory = client.Services.GetRequiredService<IMeterFactory>();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Tests run side by side, each with a meter of its own.
                if (instrument.Meter is { Name: "UsageReporting", Scope: { } scope } && scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, $"{value}", tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, "s", tags));
        listener.Start();

        await client.ReportAsync(ConsentAnswer.Yes);
    }

    private void Note(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string text = $"{instrument.Name} {value}";
        foreach ((string name, object? tag) in tags)
        {
            text += $" {name}={tag}";
        }

        _measured.Add(text);
    }
}
