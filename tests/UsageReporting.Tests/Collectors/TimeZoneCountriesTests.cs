using System.Text;
using NodaTime.TimeZones;
using NodaTime.TimeZones.Cldr;
using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Collectors;

/// <summary>
/// The table is made here, from NodaTime's copy of the time zone database. Where a new one differs, this test writes the new
/// table beside the old one, as a snapshot does, to be looked at and copied over it.
/// </summary>
public sealed class TimeZoneCountriesTests
{
    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;

    private static string Table => RepositoryRoot.Combine("src", "UsageReporting.Core", "Collectors", "TimeZoneCountries.txt");

    [Test]
    public void Table_EveryZone_IsAsTheDatabaseHasIt()
    {
        string made = Make();
        string received = Path.ChangeExtension(Table, ".received.txt");
        File.Delete(received);
        if (!File.Exists(Table) || File.ReadAllText(Table) != made)
        {
            File.WriteAllText(received, made);
            Assert.Fail($"The database has changed: look at {received}, and copy it over the table.");
        }
    }

    [Test]
    public void Find_EveryZoneWithAPlace_IsItsCountry() =>
        Assert.Multiple(() =>
        {
            foreach (TzdbZoneLocation place in Source.ZoneLocations!)
            {
                Assert.That(TimeZoneCountries.Find(place.ZoneId), Is.EqualTo(place.CountryCode), place.ZoneId);
            }
        });

    [TestCase("EET"), TestCase("WET"), TestCase("CET"), TestCase("HST"), TestCase("Etc/UTC")]
    public void Find_ZoneOfSeveralCountries_SaysNothing(string zone) =>
        Assert.That(TimeZoneCountries.Find(zone), Is.Null);

    // The database has made links of some zones that several countries use, each to one city.
    private static bool IsOfAPlace(string zone) =>
        zone is not ("CET" or "EET" or "MET" or "WET" or "EST" or "MST" or "HST") && !zone.StartsWith("Etc/", StringComparison.Ordinal);

    private static string Make()
    {
        SortedDictionary<string, SortedSet<string>> zones = new(StringComparer.Ordinal);
        foreach ((string zone, string country) in Countries())
        {
            if (!zones.TryGetValue(country, out SortedSet<string>? ofCountry))
            {
                zones[country] = ofCountry = new SortedSet<string>(StringComparer.Ordinal);
            }

            ofCountry.Add(zone);
        }

        StringBuilder table = new();
        foreach ((string country, SortedSet<string> ofCountry) in zones)
        {
            table.Append(country).Append(' ').AppendJoin(' ', ofCountry).Append('\n');
        }

        return table.ToString();
    }

    // A zone of today has a place. Of the older names, Windows' table knows some countries; the others are of the country
    // of the zone that they became, where that is of one country only.
    private static Dictionary<string, string> Countries()
    {
        Dictionary<string, string> countries = Source.ZoneLocations!.ToDictionary(
            place => place.ZoneId, place => place.CountryCode, StringComparer.Ordinal);
        foreach (MapZone mapped in Source.WindowsMapping.MapZones.Where(mapped => mapped.Territory is not ("001" or "ZZ")))
        {
            foreach (string zone in mapped.TzdbIds.Where(IsOfAPlace))
            {
                countries.TryAdd(zone, mapped.Territory);
            }
        }

        Dictionary<string, string> ofOne = Source.Zone1970Locations!.Where(place => place.Countries.Count == 1)
            .ToDictionary(place => place.ZoneId, place => place.Countries[0].Code, StringComparer.Ordinal);
        foreach ((string alias, string zone) in Source.CanonicalIdMap)
        {
            // EST5EDT and the like are no places.
            if (!alias.Any(char.IsAsciiDigit) && IsOfAPlace(alias) && ofOne.TryGetValue(zone, out string? country))
            {
                countries.TryAdd(alias, country);
            }
        }

        return countries;
    }
}
