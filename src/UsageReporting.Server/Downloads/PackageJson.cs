using System.Text.Json;

namespace UsageReporting.Server.Downloads;

/// <summary>Counters of packages as JSON. The members that the contract fixes come first; times are UTC with Z.</summary>
internal static class PackageJson
{
    public static void Write(Utf8JsonWriter json, PackageDetails details, OutsideDownloads? outside)
    {
        json.WriteStartObject();
        WriteInstalls(json, details.Installs);
        json.WriteStartArray("monthly");
        foreach (PackageMonth month in details.Monthly)
        {
            json.WriteStartObject();
            json.WriteString("month", month.Month);
            json.WriteNumber("installs", month.Installs);
            json.WriteNumber("ci", month.Automatic);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteAutomatic(json, details.Installs);
        if (outside is not null)
        {
            json.WriteStartObject("elsewhere");
            json.WriteString("source", outside.Source);
            json.WriteNumber("downloads", outside.Downloads);
            json.WriteEndObject();
        }

        WriteCurrency(json, details.Currency);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, PackageList list)
    {
        json.WriteStartObject();
        json.WriteStartArray("packages");
        foreach (PackageInstalls installs in list.Packages)
        {
            json.WriteStartObject();
            WriteInstalls(json, installs);
            WriteAutomatic(json, installs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total", list.Total);
        WriteCurrency(json, list.Currency);
        json.WriteEndObject();
    }

    private static void WriteInstalls(Utf8JsonWriter json, PackageInstalls installs)
    {
        json.WriteString("name", installs.Name);
        json.WriteNumber("installs_total", installs.Total);
        json.WriteNumber("installs_30d", installs.Last30Days);
        WriteTime(json, "last_installed_at", installs.LastInstalledAt);
    }

    private static void WriteAutomatic(Utf8JsonWriter json, PackageInstalls installs)
    {
        json.WriteNumber("ci_total", installs.AutomaticTotal);
        json.WriteNumber("ci_30d", installs.AutomaticLast30Days);
    }

    private static void WriteCurrency(Utf8JsonWriter json, CounterCurrency currency)
    {
        WriteTime(json, "as_of", currency.AsOf);
        json.WriteNumber("behind", currency.Behind);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } instant ? DateField.Write(instant) : null);
}
