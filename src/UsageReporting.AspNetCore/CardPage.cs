using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.AspNetCore;

/// <summary>
/// The settings card: how reporting stands and why, what would be sent, and what a person can do about both. It reads as a page
/// of its own or in a frame of one of the host's.
/// </summary>
internal sealed class CardPage(UsageReporter reporter)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'";

    private readonly UsageTexts _texts = reporter.Texts;

    public static async Task<IResult> AnswerAsync(HttpContext context, UsageReporter reporter)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        string html = await new CardPage(reporter).WriteAsync(context.RequestAborted);
        return TypedResults.Content(html, "text/html", Encoding.UTF8);
    }

    private async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        StatusAnswer status = await StatusAnswer.OfAsync(reporter);
        (ReportPreview? shown, ReportOutcome outcome) = await reporter.PreviewAsync(
            // What is agreed to is what is shown, and a report that waits may hold less.
            status.State == "on" || status.IsFixed ? null : LevelText.Read(status.Level) ?? UsageLevel.Full, cancellationToken);
        string level = LevelOf(status, shown);
        bool canErase = await reporter.CanEraseAsync();
        return $"""
            <!doctype html>
            <html lang="{Text("CardLanguage")}">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text("CardTitle")}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="card.css">
            <script type="module" src="card.js"></script>
            <main id="card" data-state="{status.State}" data-terms="{status.Terms}" data-done="{Text("CardDone")}" data-failed="{Text("CardFailed")}" data-waits="{Text("CardEraseWaits")}" data-unsure="{Text("CardEraseUnsure")}" data-days="{Days(status)}" data-level="{level}">
            <h1>{Text("CardTitle")}</h1>
            <label class="switch"><input type="checkbox" role="switch" id="on" aria-describedby="state"{If(status.State == "on", " checked")}{If(status.IsFixed || (status.State != "on" && shown is null), " disabled")}> {Text("CardSwitch")}</label>
            <p id="state">{State(status)}</p>
            <noscript><p class="quiet">{Text("CardScript")}</p></noscript>
            {If(canErase && status.State == "on", $"""<label class="erase-too"><input type="checkbox" id="erase-too"> {Text("CardEraseToo")}</label>""")}
            <p class="quiet">{Encode(_texts.Get("CardGoes", string.Join(", ", status.Destinations), status.Operator, status.Identity))} {Encode(_texts.Promise(reporter.Schema.Header) ?? "")}</p>
            {If(status.Levels.Count > 1 && !status.IsFixed, Levels(status, level))}
            <h2 id="would">{Text("CardPreview")}</h2>
            <pre id="preview" tabindex="0" aria-labelledby="would">{Encode(shown?.ToText(isDryRun: true) ?? string.Join('\n', reporter.Describe(outcome)))}</pre>
            <details{If(shown is null, " hidden")}><summary>{Text("CardBytes")}</summary><pre id="bytes">{Encode(Bytes(shown))}</pre></details>
            <dl>
            {If(status.Until is not null, $"<dt>{Text("CardUntil")}</dt><dd>{Time(status.Until)}</dd>")}
            <dt>{Text("CardLastSent")}</dt><dd>{Time(status.LastSent)}{If(status.LastAnswer is not null, $" ({Encode(status.LastAnswer ?? "")})")}</dd>
            <dt>{Text("CardNextDue")}</dt><dd>{Time(status.NextDue)}</dd>
            <dt>{Text("CardId")}</dt><dd>{Encode(status.InstallationId ?? _texts.Get("CardNone"))}</dd>
            </dl>
            <h2>{Text("CardData")}</h2>
            <ul class="acts">
            <li><a href="history">{Text("CardHistory")}</a></li>
            <li><a href="export" download>{Text("CardExport")}</a></li>
            <li><button type="button" id="delete">{Text("CardDelete")}</button></li>
            {If(canErase, $"""<li><button type="button" id="erase">{Text("CardErase")}</button></li>""")}
            </ul>
            <p id="said" role="status"></p>
            </main>
            </html>

            """;
    }

    private string State(StatusAnswer status)
    {
        string state = status.State switch
        {
            "off" => Text("CardOff"),
            "local" => Text("CardLocal"),
            "on" => Text("CardOn"),
            _ => Text("CardAsk"),
        };
        return $"{state}: {Encode(status.Because)}.{If(status.IsFixed, $" {Text("CardFixed")}")}";
    }

    // A level that no field has is as much as the next lower one.
    private static string LevelOf(StatusAnswer status, ReportPreview? shown)
    {
        UsageLevel most = status.State == "on" ? LevelText.Read(status.Level) ?? UsageLevel.Basic : shown?.Level ?? UsageLevel.Basic;
        return status.Levels.LastOrDefault(level => LevelText.Read(level) <= most) ?? status.Levels[0];
    }

    private string Levels(StatusAnswer status, string chosen)
    {
        StringBuilder html = new($"""<fieldset id="levels"><legend>{Text("CardLevels")}</legend>""");
        foreach (string level in status.Levels)
        {
            string added = _texts.Level(
                reporter.Schema, LevelText.Read(level) ?? UsageLevel.Basic, reporter.Schema.Header.Identity.Kind != IdentityKind.None);
            html.Append(CultureInfo.InvariantCulture, $"""
                <label><input type="radio" name="level" id="level-{level}" value="{level}"{If(level == chosen, " checked")}> <span>{Encode(added)}</span></label>
                """);
        }

        return html.Append(CultureInfo.InvariantCulture, $"""<p class="acts"><button type="button" id="use-level" hidden>{Text("CardUseLevel")}</button></p></fieldset>""")
            .ToString();
    }

    // For how long the yes was.
    private static string Days(StatusAnswer status) => status is { Since: { } since, Until: { } until }
        ? (until - since).TotalDays.ToString("0", CultureInfo.InvariantCulture)
        : "";

    private static string Bytes(ReportPreview? shown) => string.Join('\n', shown?.Renderings.Select(rendering => rendering.Text) ?? []);

    private string Text(string name) => Encode(_texts.Get(name));

    private string Time(DateTimeOffset? time) => time is { } at
        ? $"""<time datetime="{DateField.Write(at)}">{DateField.Write(at)}</time>"""
        : Text("CardNone");

    private static string If(bool condition, string html) => condition ? html : "";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
