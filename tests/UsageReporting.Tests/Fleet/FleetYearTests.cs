using System.Globalization;
using NUnit.Framework;

namespace UsageReporting.Tests.Fleet;

/// <summary>The sample ScheduledWebApp reports to the server, over real sockets, for as long as it takes.</summary>
[TestFixture]
[Category("Long")]
internal sealed class FleetYearTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    [Test, Property("Case", 113)]
    public async Task Year_OutagesRestartsCenturiesAndSecondThoughts_EverythingIsInOneReport()
    {
        await using FleetWorld world = await FleetWorld.StartAsync(interval: 7);
        await world.DaysAsync(10);
        Assert.That(world.Network.Attempts, Is.Empty, "nobody has agreed");

        await world.SayYesAsync();
        await world.DaysAsync(20);
        await world.RestartAsync();
        await world.DaysAsync(10);

        world.Network.Weather = Weather.ServerDown;
        await world.DaysAsync(9);
        await world.RestartAsync();
        await world.DaysAsync(5);
        world.Network.Weather = Weather.Fair;
        await world.DaysAsync(10);

        // Less than a window: a report that may have arrived is asked for until then.
        world.Network.Weather = Weather.RequestsAreLost;
        await world.DaysAsync(3);
        await world.RestartAsync();
        await world.DaysAsync(3);
        world.Network.Weather = Weather.Fair;
        await world.DaysAsync(8);

        world.Network.Weather = Weather.AnswersAreLost;
        await world.DaysAsync(11);
        world.Network.Weather = Weather.Fair;
        await world.DaysAsync(11);

        await CenturyAsync(world, years: 100);
        await CenturyAsync(world, years: -100);

        await world.SayNoAsync();
        await world.DaysAsync(10);
        await world.SayYesAsync();
        await world.DaysAsync(30);

        world.Network.Weather = Weather.AnswersAreLost;
        await world.DaysAsync(8);
        await world.SayNoAsync();
        world.Network.Weather = Weather.Fair;
        await world.DaysAsync(3);
        await world.SayYesAsync();

        world.Network.Weather = Weather.ServerDown;
        for (int i = 0; i < 20; i++)
        {
            await world.DaysAsync(2);
            await world.RestartAsync();
        }

        world.Network.Weather = Weather.Fair;
        await world.DaysAsync(150);
        await QuietlyToTheEndAsync(world, days: 10);

        Assert.That(
            world.Now - new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero), Is.GreaterThan(TimeSpan.FromDays(365)));
        AssertCountedOnce(world);
        Assert.That(MostIn(world.Network.Attempts, Day), Is.LessThanOrEqualTo(8), "attempts in 24 hours");
        Assert.That(
            world.Query("SELECT DISTINCT installation_country_code, installation_deployment_mode IS NULL FROM reports_printernizer"),
            Is.EqualTo(new[] { "DE|0" }));
        Assert.That(
            world.Number("SELECT sum(usage_stats_uptime_hours) FROM reports_printernizer"),
            Is.InRange(world.HoursCounted * 0.9, world.HoursCounted), "what went with a no is not in it");
        Assert.That(world.Log.Lines, Has.None.Contains("Error"));
    }

    [TestCase(1, 90)]
    [TestCase(7, 90)]
    [TestCase(30, 200)]
    public async Task Interval_FairWeather_NothingIsLostTwiceOrRefused(int interval, int days)
    {
        await using FleetWorld world = await FleetWorld.StartAsync(interval);
        await world.SayYesAsync();
        await world.DaysAsync(days);
        await QuietlyToTheEndAsync(world, days: interval + 10);

        AssertCountedOnce(world);
        Assert.That(world.Network.Refusals, Is.Empty);
        Assert.That(
            world.Network.Attempts,
            Has.Count.EqualTo(world.Number("SELECT count(*) FROM reports_printernizer")).And.Count.GreaterThan(days / Math.Max(interval + 1, 9)));
    }

    // Three days in another century, in which there may be two refusals a day, and back.
    private static async Task CenturyAsync(FleetWorld world, int years)
    {
        int before = world.Network.Refusals.Count;
        world.SetClock(years);
        await world.DaysAsync(3);
        await world.RestartAsync();
        world.SetClock(0);
        await world.DaysAsync(9);

        Assert.That(world.Network.Refusals, Has.Count.InRange(before, before + 24), "no endless chain");
        Assert.That(world.Now - Received(world).Max(), Is.LessThan(Window + (2 * Day)), "it does not wait for a century");
    }

    // Until the last job is in a report.
    private static async Task QuietlyToTheEndAsync(FleetWorld world, int days)
    {
        world.IsIdle = true;
        await world.DaysAsync(days);
    }

    private static void AssertCountedOnce(FleetWorld world)
    {
        Assert.That(
            world.Number("SELECT sum(usage_stats_job_count) FROM reports_printernizer"), Is.EqualTo(world.JobsExpected));
        Assert.That(
            world.Number("SELECT sum(usage_stats_upload_count) FROM reports_printernizer"), Is.EqualTo(world.JobsExpected));
        foreach (IGrouping<string, DateTimeOffset> reports in ReceivedById(world))
        {
            Assert.That(
                reports.Zip(reports.Skip(1), (one, next) => next - one), Is.All.GreaterThanOrEqualTo(Window), "one in a window");
        }
    }

    private static IEnumerable<DateTimeOffset> Received(FleetWorld world) => ReceivedById(world).SelectMany(reports => reports);

    private static IEnumerable<IGrouping<string, DateTimeOffset>> ReceivedById(FleetWorld world) =>
        world.Query("SELECT installation_installation_id, received FROM reports_printernizer ORDER BY received")
            .Select(row => row.Split('|'))
            .GroupBy(row => row[0], row => DateTimeOffset.Parse(row[1], CultureInfo.InvariantCulture));

    private static int MostIn(List<DateTimeOffset> times, TimeSpan span) =>
        times.Count == 0 ? 0 : times.Max(end => times.Count(time => time <= end && time > end - span));
}
