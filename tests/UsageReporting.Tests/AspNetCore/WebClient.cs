using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UsageReporting.Core.Machine;
using UsageReporting.Core.Recording;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.Recording;

namespace UsageReporting.Tests.AspNetCore;

/// <summary>
/// A web application on a real socket, which reports what document 000's application reports, one field of level full, and
/// what it counts.
/// </summary>
internal sealed class WebClient : IAsyncDisposable
{
    private static readonly FlagField Tester =
        UsageField.Flag("tester", "Tester", "Whether new things are tried.") with { Level = UsageLevel.Full };

    private readonly WebApplication _app;

    private WebClient(
        string folder,
        Action<WebApplicationBuilder> configure,
        Action<IEndpointConventionBuilder> protect,
        Action<UsageReportingBuilder> add)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMachine>(Machine);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IReportSink>(Sink);
        UsageReportingBuilder reporting = builder.Services.AddUsageReporting("paperless-ngx", options =>
            {
                Paperless.Configure(options);
                options.Consent = ConsentMode.OptIn;
                options.DataDirectory = folder;
            })
            .AddCollector(Paperless.Schema.Fields, (_, values, _) =>
            {
                Paperless.Fill(values);
                return ValueTask.CompletedTask;
            })
            .AddCollector([Tester], (_, values, _) =>
            {
                values.Set(Tester, true);
                return ValueTask.CompletedTask;
            })
            .AddTallies(tallies => tallies.Add(Printers.Events));
        add(reporting);
        configure(builder);
        _app = builder.Build();
        protect(_app.MapUsageReporting("/api/v1/usage-stats"));
    }

    public FakeMachine Machine { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public ScriptedSink Sink { get; } = new();

    public HttpClient Http { get; } = new();

    public UsageReporter Reporter => _app.Services.GetRequiredService<UsageReporter>();

    public IServiceProvider Services => _app.Services;

    public static async Task<WebClient> StartAsync(
        string folder,
        Action<WebApplicationBuilder>? configure = null,
        Action<IEndpointConventionBuilder>? protect = null,
        Action<UsageReportingBuilder>? add = null)
    {
        WebClient client = new(folder, configure ?? (_ => { }), protect ?? (_ => { }), add ?? (_ => { }));
        await client._app.StartAsync();
        client.Http.BaseAddress = new Uri($"{client._app.Urls.Single()}/api/v1/usage-stats/");
        return client;
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>A yes to what is shown now.</summary>
    public async Task<HttpResponseMessage> OptInAsync(string? level = null, int? days = null) => await SendAsync(
        "POST",
        "opt-in",
        JsonContent.Create(new { terms = (await GetAsync("status")).GetProperty("terms").GetString(), level, days }));

    public async Task CountAsync(string word, int number)
    {
        Reporter.Tallies.Of(Printers.Events, word).Add(number);
        await Services.GetRequiredService<TallyRecorder>().FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
