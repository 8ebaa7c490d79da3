using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>One product: what is odd, what is set aside, and which fields everybody sees.</summary>
internal static class ProductPage
{
    private const string Root = "../";

    public static Markup Draw(FormToken token, ProductDetails details)
    {
        string product = details.Schema.Header.Product;
        return OperatorFrame.Draw(product, token, Markup.Of(
            $"""
            <p class="lead">What is odd, what is set aside, and what everybody sees. <a href="{product}/alone">Who is like no other?</a></p>
            <h2>What is odd</h2>
            {Anomalies(details.Anomalies)}<h2>Set aside</h2>
            <p class="note">What is set aside counts in no week or month. Days stay as they are under what is odd, as reports are counted when they come. It stays stored and can be given back, erased, and counted again. The numbers of its weeks and months are made again, ten minutes after they were made at the earliest; those of reports from before {Figures.Day(details.KeptSince)} stay as they are.</p>
            {(details.Quarantines.Count == 0 ? Markup.Of($"""<p class="note">Nothing.</p>""") : Quarantines(token, details))}{Form(token, details.Schema)}<h2>Fields</h2>
            <p class="note">What is taken off is on no page, chart, badge, or file of published numbers from the next request on; caches before the server have it for five minutes more. It goes on being counted, and comes back with its numbers.</p>
            {Fields(token, details)}<h2>Schema</h2>
            <p class="note">As the server started with it, the newest first, and what each has changed. A change of the schema asks people again where it asks for more.</p>
            <dl class="fields">
            {details.Versions.Select(Version)}</dl>

            """), Root);
    }

    private static Markup Anomalies(IReadOnlyList<Anomaly> anomalies) => anomalies.Count == 0
        ? Markup.Of($"""<p class="note">Nothing.</p>""")
        : new ChartTable(
            ["When", "Number", "Expected", "Change"],
            [
                .. anomalies.OrderByDescending(anomaly => anomaly.LastDay).Select(IReadOnlyList<string> (anomaly) =>
                    [anomaly.When, Figures.Number(anomaly.Number), Figures.Number(anomaly.Expected), Figures.Change(anomaly.Change)]),
            ]).Draw("What is odd", int.MaxValue, name => name);

    private static Markup Quarantines(FormToken token, ProductDetails details) => Markup.Of(
        $"""
        <ul class="acts">
        {details.Quarantines.Select(quarantine => Markup.Of(
            $"""
            <li><span>{QuarantineText.Of(quarantine)}{(HoldsNothing(quarantine, details.Schema) ? ": holds nothing, as the schema has no such field" : "")}</span>{token.Form($"{Root}lift", Markup.Of(
                $"""
                {FormToken.Hidden("product", details.Schema.Header.Product)}{FormToken.Hidden("quarantine", quarantine.Id)}<button type="submit" aria-label="Count again: {QuarantineText.Of(quarantine)}">Count again</button>
                """))}</li>

            """))}</ul>

        """);

    private static bool HoldsNothing(Quarantine quarantine, ReportSchema schema) => quarantine.IsOfAField && schema.Find(quarantine.Field) is null;

    private static Markup Form(FormToken token, ReportSchema schema) => token.Form($"{Root}quarantine", Markup.Of(
        $"""
        {FormToken.Hidden("product", schema.Header.Product)}<div class="fields-in-a-row">
        <p class="field"><label for="since">Received from (UTC)</label><input id="since" name="since" type="datetime-local" required></p>
        <p class="field"><label for="until">until (UTC)</label><input id="until" name="until" type="datetime-local" required></p>
        <p class="field"><label for="field">Field</label><select id="field" name="field"><option value="">all reports</option>{schema.Fields.Where(BookkeepingFields.IsCounted).Select(field => Markup.Of($"""<option value="{field.Name}">{field.Label} ({field.Name})</option>"""))}</select></p>
        <p class="field"><label for="value">is or has</label><input id="value" name="value" maxlength="{ServerLimits.TextLength}" spellcheck="false"></p>
        <p><button type="submit">Set aside</button></p>
        </div>
        <p class="note">A value is meant as it is stored: flags are true or false, dates as in 2026-05-18T12:00:00Z, of sets and counts a word.</p>
        """));

    private static Markup Fields(FormToken token, ProductDetails details) => Markup.Of(
        $"""
        <ul class="acts">
        {details.Schema.Fields.Select(field => Markup.Of(
            $"""
            <li><span>{field.Label} <code>{field.Name}</code></span>{Switch(token, details, field)}</li>

            """))}</ul>

        """);

    private static Markup Version(SchemaVersion version) => Markup.Of(
        $"""
        <div><dt>{Figures.Time(version.Since)}</dt>{(version.Changes.Count == 0
            ? Markup.Of($"<dd>the first that was kept</dd>")
            : Markup.Join(version.Changes.Select(change => Markup.Of($"<dd>{change}</dd>"))))}</div>

        """);

    private static Markup Switch(FormToken token, ProductDetails details, UsageField field)
    {
        if (!Publisher.MayBeShown(details.Schema, field.Name))
        {
            return Markup.Of($"""<span class="note">never published</span>""");
        }

        bool isHidden = details.Hidden.Contains(field.Name);
        string act = isHidden ? "Put back" : "Take off";
        return token.Form($"{Root}{(isHidden ? "show" : "hide")}", Markup.Of(
            $"""
            {FormToken.Hidden("product", details.Schema.Header.Product)}{FormToken.Hidden("field", field.Name)}<button type="submit" aria-label="{act}: {field.Label}">{act}</button>
            """));
    }
}
