using System.Text;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>In plain words: what is collected, why, who has it, for how long, and how to look, refuse and erase.</summary>
internal static class AboutPage
{
    private static readonly Place Here = new(1);

    /// <param name="schema">The product's schema.</param>
    /// <param name="isPublic">Whether everybody may see its numbers.</param>
    public static Markup Draw(ReportSchema schema, bool isPublic)
    {
        SchemaHeader header = schema.Header;
        string product = header.Product;
        string who = header.Operator ?? product;
        return PageFrame.Draw(
            Here,
            DashboardTexts.Text("AboutTitle", product),
            [PageFrame.Top(Here), (product, Here.Product(product))],
            Markup.Of(
                $"""
                <article>
                <h1>{DashboardTexts.Text("AboutTitle", product)}</h1>
                <p class="lead">{DashboardTexts.Text("AboutLead", who)}</p>
                {(header.Promise is { } promise ? Markup.Of($"""<p class="promise">{promise}</p>""") : Markup.Nothing)}
                <h2>{DashboardTexts.Text("AboutWhat")}</h2>
                <p>{DashboardTexts.Text(header.Identity.Kind == IdentityKind.None ? "AboutWhatText" : "AboutWhatTextAndId", schema.Fields.Count)} <a href="{Here.Of(product, "fields.html")}">{DashboardTexts.Text("FieldsLink")}</a></p>
                <ul>{schema.Fields.Select(field => Markup.Of($"<li><strong>{NowCharts.LabelOf(field)}</strong>: {field.Purpose}</li>"))}</ul>
                <p>{IdentityOf(header.Identity)}</p>
                <h2>{DashboardTexts.Text("AboutWho")}</h2>
                <p>{(header.Access.Count == 0 ? DashboardTexts.Text("AboutWhoUnknown", who) : DashboardTexts.Text("AboutWhoText", string.Join(", ", header.Access)))}</p>
                <p>{DashboardTexts.Text(isPublic ? "AboutPublic" : "AboutPrivate", ServerLimits.LeastPublished)}</p>
                <h2>{DashboardTexts.Text("AboutHowLong")}</h2>
                <p>{DashboardTexts.Text("AboutHowLongText")}</p>
                <h2>{DashboardTexts.Text("AboutLook")}</h2>
                <p>{DashboardTexts.Text("AboutLookText")}</p>
                <h2>{DashboardTexts.Text("AboutRefuse")}</h2>
                <p>{DashboardTexts.Text("AboutRefuseText")}</p>
                <pre tabindex="0"><code>DO_NOT_TRACK=1
                {SwitchOf(product)}_TELEMETRY_OPTOUT=1</code></pre>
                <h2>{DashboardTexts.Text("AboutErase")}</h2>
                <p>{DashboardTexts.Text(schema.Find(IdentityFields.ErasureKeyName) is null ? "AboutEraseAsk" : "AboutEraseSelf", header.Contact ?? who)}</p>
                {Contact(header)}
                </article>

                """));
    }

    private static string IdentityOf(ReportIdentity identity) => DashboardTexts.Text(identity.Kind switch
    {
        IdentityKind.Stable => "AboutIdStable",
        IdentityKind.Rotating => identity.Rotates == RotationPeriod.Week ? "AboutIdWeek" : "AboutIdMonth",
        _ => "AboutIdNone",
    });

    // Only http and https get as far as a schema.
    private static Markup Contact(SchemaHeader header)
    {
        Markup contact = header.Contact is { } address ? Markup.Of($"<p>{DashboardTexts.Text("AboutContact", address)}</p>") : Markup.Nothing;
        return header.MoreInformation is { } page
            ? Markup.Of($"""{contact}<p><a href="{page.AbsoluteUri}" rel="noreferrer">{DashboardTexts.Text("AboutMore")}</a></p>""")
            : contact;
    }

    // As every client reads it: the product's name, in which everything but letters and digits is an underscore.
    private static string SwitchOf(string product)
    {
        StringBuilder name = new();
        foreach (char c in product)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        }

        return name.ToString();
    }
}
