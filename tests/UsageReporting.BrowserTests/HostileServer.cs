using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.BrowserTests;

/// <summary>A server in this process on a clock that the test drives, of a product that lets everything through and calls its fields worse.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    public const string Product = "hostile";
    public const string OperatorKey = "the-operators-key";

    private const int Reports = 24;

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private readonly ManualTimeProvider _time;
    private readonly HttpClient _http;

    private HostileServer(WebApplication app, TemporaryFolder folder, ManualTimeProvider time)
    {
        _app = app;
        _folder = folder;
        _time = time;
        _http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<HostileServer> StartAsync(string label, params string[] words)
    {
        TemporaryFolder folder = new();
        ManualTimeProvider time = new(new DateTimeOffset(2026, 11, 16, 9, 0, 0, TimeSpan.Zero));
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = Product, Operator = label, Promise = label, Contact = label, Access = [label], Pairs = [new FieldPair("text", "flag")] },
            [
                UsageField.Text("text", label, label, ".*", 256),
                UsageField.Flag("flag", label, label),
                UsageField.Versions("plugins", label, label, Vocabulary.Of(words)),
            ]);
        await File.WriteAllBytesAsync(folder.Combine("schema.json"), schema.ToJson());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddUsageReportingServer(server => server.AdminKey = OperatorKey)
            .AddProduct(Product, folder.Combine("schema.json")).UseSqlite(folder.Combine("usage.db")).AddOperator();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder.Combine("sessions")));
        WebApplication app = builder.Build();
        app.MapUsageReports("/report", Product);
        app.MapUsageStatistics("/stats");
        app.MapUsageDashboard("/");
        app.MapUsageOperator();
        await app.StartAsync();
        return new HostileServer(app, folder, time);
    }

    /// <summary>The keys of the server.</summary>
    public UsageKeys Keys => _app.Services.GetRequiredService<UsageKeys>();

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>A report of an installation that is known.</summary>
    public async Task ReportAsync(string id, string text)
    {
        JsonObject report = new() { ["uuid"] = id, ["text"] = text, ["flag"] = true, ["plugins"] = new JsonObject() };
        using StringContent content = new(report.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync("/report", content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>As many installations as may be published report each of some texts.</summary>
    public async Task ReportAsync(IEnumerable<string> texts, IReadOnlyList<string> words, int installations = Reports)
    {
        foreach (string text in texts)
        {
            for (int i = 0; i < installations; i++)
            {
                JsonObject report = new()
                {
                    ["uuid"] = Guid.NewGuid().ToString(), ["text"] = text, ["flag"] = i % 2 == 0,
                    ["plugins"] = new JsonObject(words.Select(word => KeyValuePair.Create<string, JsonNode?>(word, "1.0"))),
                };
                using StringContent content = new(report.ToJsonString(), Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await _http.PostAsync("/report", content);
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    /// <summary>Goes on until a time, and a little, and waits for the numbers of the week before.</summary>
    public async Task CloseWeekAsync()
    {
        DateTimeOffset monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        _time.Advance(monday.AddSeconds(10) - _time.GetUtcNow());
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while ((await _http.GetStringAsync("/stats/summary", bound.Token)).Contains("\"as_of\":null", StringComparison.Ordinal))
        {
            await Task.Delay(20, bound.Token);
        }
    }

    /// <summary>Goes on for more than a week in which nothing is counted.</summary>
    public async Task GoOnWithoutCountingAsync()
    {
        IHostedService counting = _app.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "RollupService");
        await counting.StopAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(8));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
