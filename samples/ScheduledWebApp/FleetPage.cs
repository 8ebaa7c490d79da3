using System.Globalization;
using System.Net;
using System.Text;
using UsageReporting;

namespace ScheduledWebApp;

/// <summary>The fleet as a person sees it, with how reporting stands and how it is switched.</summary>
internal static class FleetPage
{
    // A yes is one to what was shown: it carries the name of that, and is refused where something else would be sent by now.
    private const string Script = """
        <script>
        const at = "/api/v1/usage-stats/", by = id => document.getElementById(id);
        let terms;
        by("show").onclick = async () => {
          const answer = await fetch(at + "preview.txt");
          by("report").textContent = answer.ok ? await answer.text() : (await answer.json()).detail;
          // After a no nothing is composed that could be shown: a yes is then one to the terms of today.
          terms = answer.headers.get("Usage-Terms") ?? (await (await fetch(at + "status")).json()).terms;
          by("yes").disabled = !terms;
        };
        async function choose(choice, body) {
          const answer = await fetch(at + choice, { method: "POST", headers: { "Content-Type": "application/json" }, body });
          if (answer.ok) location.reload(); else by("report").textContent = (await answer.json()).detail;
        }
        by("yes").onclick = () => choose("opt-in", JSON.stringify({ terms }));
        by("no").onclick = () => choose("opt-out");
        </script>
        """;

    public static async Task<IResult> ShowAsync(PrinterFleet fleet, UsageReporter reporter)
    {
        UsageDetails usage = await reporter.GetDetailsAsync();
        StringBuilder html = new("""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Printers</title>
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
            <p id="reporting">{Text(reporter.Indicator.Text)}: {Text(usage.Status.Decision.Because)}.</p>
            <ul>
            <li>It goes to {Text(string.Join(", ", usage.Status.Destinations))}.</li>
            <li>Last report: {Time(usage.LastSent, "none yet")}. Next report: {Time(usage.NextDue, "none")}.</li>
            </ul>
            <p><button id="show">Show the next report</button> <button id="yes" disabled>Report each week</button> <button id="no">Do not report</button></p>
            <pre id="report" aria-live="polite"></pre>
            {Script}
            </html>

            """);
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Time(DateTimeOffset? time, string none) => time is { } at ? DateField.Write(at) : none;
}
