using System.Globalization;
using System.Net;
using System.Text;
using UsageReporting;

namespace ScheduledWebApp;

/// <summary>The fleet as a person sees it, with how reporting stands and the way to its settings card.</summary>
internal static class FleetPage
{
    public static async Task<IResult> ShowAsync(PrinterFleet fleet, UsageReporter reporter)
    {
        UsageStatus status = await reporter.GetStatusAsync();
        StringBuilder html = new("""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Printers</title>
            <link rel="icon" href="data:,">
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ccc }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
            </style>
            <h1>Printers</h1>
            <table>
            <thead><tr><th scope="col">Printer</th><th scope="col">Type</th><th scope="col">Prints</th>
            <th scope="col" class="number">Jobs done</th></tr></thead>
            <tbody>

            """);
        foreach (Printer printer in fleet.Printers)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><th scope="row">{Text(printer.Name)}</th><td>{Text(printer.Type)}</td><td>{Text(printer.File ?? "nothing")}</td><td class="number">{printer.Jobs}</td></tr>

                """);
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            </tbody>
            </table>
            <h2>Usage reporting</h2>
            <p id="reporting">{Text(reporter.Indicator.Text)}: {Text(status.Decision.Because)}. <a href="/api/v1/usage-stats/card">What is reported, and whether</a></p>
            </html>

            """);
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
