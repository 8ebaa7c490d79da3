using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using UsageReporting;

namespace ReferenceServer.Demo;

/// <summary>
/// The verb <c>seed-demo</c>: a year of reports of installations that nobody has, posted to the server's own door while its clock
/// is driven through that year. What the dashboard shows then was received, checked, stored and counted like anything else.
/// </summary>
internal sealed class SeedDemo : IDisposable
{
    private const int Weeks = 52;
    private const int AtOnce = 32;
    private const int OtherPart = 10;
    private const string Plugin = "wp-plugin";

    private static readonly TimeSpan StepsOf = TimeSpan.FromHours(12);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Of every hundred installations.
    private static readonly Dictionary<string, int> Parts = new(StringComparer.Ordinal)
    {
        ["paperless-ngx"] = 55, ["napari"] = 25, ["printernizer"] = 15, ["developer-cli"] = 5,
    };

    private readonly HttpClient _http;
    private readonly DemoClock _clock;
    private readonly IReadOnlyList<ProductSettings> _products;

    private SeedDemo(Uri address, DemoClock clock, IReadOnlyList<ProductSettings> products)
    {
        // Without what costs time and is not needed here.
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = AtOnce, UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
        })
        {
            BaseAddress = address,
        };
        _clock = clock;
        _products = products;
    }

    /// <summary>The clock of a server that is to be filled: it stands a year before the last week that is over.</summary>
    public static DemoClock Clock()
    {
        DateTime today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        DateTime monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return new DemoClock(new DateTimeOffset(monday.AddDays(-7 * Weeks), TimeSpan.Zero));
    }

    public static async Task RunAsync(WebApplication app, DemoClock clock, ServerSettings settings, int installations)
    {
        long start = Stopwatch.GetTimestamp();
        using SeedDemo demo = new(new Uri(app.Urls.First()), clock, settings.Products);
        (long reports, DateTimeOffset end) = await demo.FillAsync(installations);
        await demo.WaitForNumbersAsync(end);
        await app.StopAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{installations:N0} installations made {reports:N0} reports in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s; they are in {settings.Database}. None of them is real."));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(long Reports, DateTimeOffset End)> FillAsync(int installations)
    {
        DateTimeOffset first = _clock.GetUtcNow();
        (ProductSettings Product, DemoReport Report, DemoInstallation[] Installations)[] all = [.. _products.Select(product => (
            product,
            new DemoReport(ReportSchema.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, product.Schema)))),
            DemoInstallation.Of(product.Name, installations * Parts.GetValueOrDefault(product.Name, OtherPart) / 100, Weeks).ToArray()))];
        long reports = 0;
        // Also those of the week that is open: days on which nobody reports would be told as something odd.
        DateTimeOffset today = TimeProvider.System.GetUtcNow();
        for (int week = 0; week <= Weeks; week++)
        {
            DateTimeOffset monday = first.AddDays(7 * week);
            DateTimeOffset end = monday.AddDays(7) < today ? monday.AddDays(7) : today;
            _clock.MoveTo(monday);
            // Once a week: whatever looks every few seconds would look half a million times a year.
            _clock.Wake();
            ILookup<long, (ProductSettings Product, DemoReport Report, DemoInstallation Of)> steps = (
                from product in all
                from installation in product.Installations
                where installation.ReportsIn(week)
                select (product.Product, product.Report, Of: installation)).ToLookup(report => (long)(report.Of.TimeOfWeek / StepsOf));
            for (DateTimeOffset now = monday; now < end; now += StepsOf)
            {
                _clock.MoveTo(now);
                int thisWeek = week;
                await Parallel.ForEachAsync(
                    steps[(long)((now - monday) / StepsOf)],
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                    async (report, cancellationToken) =>
                    {
                        await PostAsync(report.Product, report.Report.Write(report.Of, thisWeek, _clock.GetUtcNow()), cancellationToken);
                        Interlocked.Increment(ref reports);
                    });
            }

            await NotifyAsync(week);
        }

        return (reports, first.AddDays(7 * Weeks));
    }

    private async Task PostAsync(ProductSettings product, byte[] report, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, product.Path.Split("/{")[0]);
        request.Content = new ByteArrayContent(report) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (product.ApiKey is { } key)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        // A report that came a little early is refused as a real one would be.
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.TooManyRequests)
        {
            throw new InvalidOperationException(
                $"{product.Name}: the server answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    // As Composer does it, a few packages at a time.
    private async Task NotifyAsync(int week)
    {
        Random random = new(week);
        string[] plugins = ["akismet", "woocommerce", "wordpress-seo", "contact-form-7", "elementor", "redirection", "query-monitor", "duplicate-post", "wp-crontrol", "classic-editor", "jetpack", "two-factor"];
        for (int i = 0; i < 12 + week; i++)
        {
            string plugin = plugins[(int)(plugins.Length * Math.Pow(random.NextDouble(), 2))];
            string body = JsonSerializer.Serialize(new { downloads = new[] { new { name = $"{Plugin}/{plugin}", version = $"{1 + (week / 20)}.{week % 20}.0.0" } } });
            using HttpRequestMessage request = new(HttpMethod.Post, "/downloads");
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation(
                "User-Agent", FormattableString.Invariant($"Composer/2.8.{i} (Linux; 6.1; PHP 8.3.{week}; cURL 8.5{(i % 5 == 0 ? "; CI" : "")})"));
            using HttpResponseMessage answer = await _http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task WaitForNumbersAsync(DateTimeOffset end)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        // Where ids rotate a week is over the day after its end.
        DateTimeOffset last = end.AddDays(now - end < TimeSpan.FromDays(1) ? -14 : -7);
        string week = string.Create(
            CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(last.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(last.UtcDateTime):00}");
        string month = end.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        using CancellationTokenSource patience = new(Patience);
        _clock.MoveTo(now);
        _clock.Wake();
        foreach (ProductSettings product in _products)
        {
            while (!await HasNumbersAsync(product.Name, week, month))
            {
                _clock.MoveTo(_clock.GetUtcNow().AddSeconds(11));
                _clock.Wake();
                await Task.Delay(100, patience.Token);
            }
        }
    }

    private async Task<bool> HasNumbersAsync(string product, string week, string month)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"/stats/summary?product={product}");
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            // Its numbers are not for everybody, and made at the same time as the others.
            return true;
        }

        answer.EnsureSuccessStatusCode();
        using JsonDocument summary = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        string? made = summary.RootElement.GetProperty("as_of").GetString();
        return made is not null
            && string.CompareOrdinal(summary.RootElement.GetProperty("month").GetString(), month) >= 0
            && string.CompareOrdinal(summary.RootElement.GetProperty("week").GetString(), week) >= 0;
    }
}
