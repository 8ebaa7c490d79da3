using System.Buffers;
using System.Text.Json;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>Writes published numbers as JSON.</summary>
internal static class StatisticsJson
{
    public static byte[] Write(Summary summary) => Write(json =>
    {
        json.WriteString("product", summary.Product);
        WriteAsOf(json, summary.AsOf);
        json.WriteString("week", summary.Week.Window.ToString());
        json.WriteString("month", summary.Month.Window.ToString());
        WriteNumber(json, "active_week", summary.Week.Installs);
        WriteNumber(json, "active_month", summary.Month.Installs);
        WriteNumber(json, "new_week", summary.Week.New);
        WriteNumber(json, "new_month", summary.Month.New);
        WriteNumber(json, "returning_week", summary.Week.Installs - summary.Week.New);
        WriteNumber(json, "returning_month", summary.Month.Installs - summary.Month.New);
        WriteShare(json, "growth_week", Summary.Growth(summary.Week, summary.WeekBefore));
        WriteShare(json, "growth_month", Summary.Growth(summary.Month, summary.MonthBefore));
        WriteNumber(json, "held_back_week", summary.Week.Held);
        WriteNumber(json, "held_back_month", summary.Month.Held);
        WriteNumber(json, "ephemeral_week", summary.Week.Ephemeral);
        WriteNumber(json, "ephemeral_month", summary.Month.Ephemeral);
        PublishedWindow shown = summary.Shown;
        json.WriteString("fields_window", shown.Window.ToString());
        WriteNumber(json, "fields_installs", shown.Installs);
        WriteFields(json, shown.Fields.Select(f => (f.Name, f.Values, f.Quartiles)), shown.Installs ?? 0);
        json.WriteStartObject("pairs");
        foreach (PairRollup pair in shown.Pairs.Where(pair => pair.Cells.Count > 0))
        {
            WriteCells(json, pair.Name, pair.Cells, shown.Installs!.Value);
        }

        json.WriteEndObject();
        if (summary.Rolling is { } rolling)
        {
            json.WriteStartObject("rolling");
            foreach ((int days, RollingNumbers numbers) in rolling)
            {
                json.WriteStartObject(FormattableString.Invariant($"{days}d"));
                json.WriteString("since", DateField.Write(numbers.Since));
                json.WriteNumber("active", numbers.Installs);
                json.WriteNumber("held_back", numbers.Held);
                WriteFields(json, numbers.Fields.Select(f => (f.Field, f.Cells, f.Quartiles)), numbers.Installs);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    });

    public static byte[] Write(Series series) => Write(json =>
    {
        json.WriteString("product", series.Product);
        json.WriteString("field", series.Name);
        if (series.Pair is { } pair)
        {
            json.WriteString("rows", pair.Rows);
            json.WriteString("columns", pair.Columns);
        }

        json.WriteString("interval", series.Kind == WindowKind.Week ? "week" : "month");
        WriteAsOf(json, series.AsOf);
        json.WriteStartArray("series");
        foreach (PublishedWindow window in series.Windows)
        {
            json.WriteStartObject();
            json.WriteString("window", window.Window.ToString());
            WriteNumber(json, "installs", window.Installs);
            if (series.Pair is null)
            {
                WriteValues(json, window, window.Find(series.Name));
            }
            else
            {
                WriteCells(json, "cells", window.FindPair(series.Name), window.Installs ?? 0);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteValues(Utf8JsonWriter json, PublishedWindow window, PublishedField? field)
    {
        json.WriteStartObject("values");
        foreach (Cell cell in field?.Values ?? [])
        {
            json.WriteNumber(cell.Value, cell.Installs);
        }

        json.WriteEndObject();
        json.WriteStartObject("shares");
        foreach (Cell cell in field?.Values ?? [])
        {
            json.WriteNumber(cell.Value, Share.Of(cell.Installs, window.Installs!.Value));
        }

        json.WriteEndObject();
        if (field?.Quartiles.Count > 0)
        {
            WriteQuartiles(json, "quartiles", field.Quartiles);
        }
    }

    private static void WriteCells(Utf8JsonWriter json, string name, IReadOnlyList<PairCell> cells, long installs)
    {
        json.WriteStartArray(name);
        foreach (PairCell cell in cells)
        {
            json.WriteStartObject();
            json.WriteString("row", cell.Row);
            json.WriteString("column", cell.Column);
            json.WriteNumber("installs", cell.Installs);
            json.WriteNumber("share", Share.Of(cell.Installs, installs));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAsOf(Utf8JsonWriter json, DateTimeOffset? asOf)
    {
        json.WriteString("as_of", asOf is { } time ? DateField.Write(time) : null);
        json.WriteNumber("threshold", ServerLimits.LeastPublished);
    }

    private static void WriteFields(
        Utf8JsonWriter json,
        IEnumerable<(string Name, IReadOnlyList<Cell> Values, IReadOnlyList<Quartiles> Quartiles)> fields,
        long installs)
    {
        (string Name, IReadOnlyList<Cell> Values, IReadOnlyList<Quartiles> Quartiles)[] shown =
            [.. fields.Where(field => !field.Name.StartsWith('_'))];
        json.WriteStartObject("fields");
        foreach ((string name, IReadOnlyList<Cell> values, _) in shown.Where(field => field.Values.Count > 0))
        {
            json.WriteStartArray(name);
            foreach (Cell cell in values)
            {
                json.WriteStartObject();
                json.WriteString("value", cell.Value);
                json.WriteNumber("installs", cell.Installs);
                json.WriteNumber("share", Share.Of(cell.Installs, installs));
                WriteInterval(json, ShareInterval.Of(cell.Installs, installs));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("quartiles");
        foreach ((string name, _, IReadOnlyList<Quartiles> quartiles) in shown.Where(field => field.Quartiles.Count > 0))
        {
            WriteQuartiles(json, name, quartiles);
        }

        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, ShareInterval interval)
    {
        json.WriteStartArray("interval");
        json.WriteNumberValue(Share.Round(interval.Lower));
        json.WriteNumberValue(Share.Round(interval.Upper));
        json.WriteEndArray();
    }

    private static void WriteQuartiles(Utf8JsonWriter json, string name, IReadOnlyList<Quartiles> all)
    {
        json.WriteStartArray(name);
        foreach (Quartiles quartiles in all)
        {
            json.WriteStartObject();
            if (quartiles.Word.Length > 0)
            {
                json.WriteString("value", quartiles.Word);
            }

            json.WriteNumber("installs", quartiles.Installs);
            json.WriteNumber("lower", quartiles.Lower);
            json.WriteNumber("median", quartiles.Median);
            json.WriteNumber("upper", quartiles.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
