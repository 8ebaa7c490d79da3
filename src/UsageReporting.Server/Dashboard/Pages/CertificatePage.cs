using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>A certificate that can be printed: what it says in words, and the signed statement by which that is checked.</summary>
internal static class CertificatePage
{
    private static readonly Place Here = new(3);

    /// <param name="schema">The product's schema.</param>
    /// <param name="certificate">What is certified.</param>
    /// <param name="signed">The same, signed, as JSON.</param>
    /// <param name="keySha256">By which the key is compared.</param>
    public static Markup Draw(ReportSchema schema, Certificate certificate, string signed, string keySha256)
    {
        string product = schema.Header.Product;
        string name = FieldRollup.NameOf(certificate.Field, certificate.Word);
        ShareInterval interval = ShareInterval.Of(certificate.Installs, certificate.Of);
        return Frame(schema, name, DashboardTexts.Text("CertificateTitle", certificate.Word), Markup.Of(
            $"""
            <article class="certificate">
            <h1>{DashboardTexts.Text("CertificateTitle", certificate.Word)}</h1>
            <p class="lead">{DashboardTexts.Text("CertificateSays", schema.Header.Operator ?? product, product, Figures.Days(certificate.Window), certificate.Window, certificate.Word, NowCharts.TitleOf(schema, certificate.Field))}</p>
            <p class="number">{Figures.Number(certificate.Installs)}</p>
            <p>{DashboardTexts.Text("CertificateOf", Figures.Number(certificate.Of), Figures.Percent(Share.Of(certificate.Installs, certificate.Of)), Figures.Percent(interval.Lower), Figures.Percent(interval.Upper))}</p>
            <p class="note">{DashboardTexts.Text("CertificateNote", Figures.Time(certificate.Made), ServerLimits.LeastPublished)}</p>
            <h2>{DashboardTexts.Text("CertificateCheck")}</h2>
            <p>{DashboardTexts.Text("CertificateCheckText")} <a href="{Here.Certificate(product, certificate.Window, name, "json")}">{DashboardTexts.Text("CertificateJson")}</a></p>
            <pre tabindex="0"><code>{product} usage verify-receipt certificate.json</code></pre>
            <p>{DashboardTexts.Text("CertificateKey")}</p>
            <pre tabindex="0"><code>{keySha256}</code></pre>
            <p>{DashboardTexts.Text("CertificateSigned")}</p>
            <pre tabindex="0"><code>{signed}</code></pre>
            </article>

            """));
    }

    /// <summary>Says that there is none, the same whether few had it or nobody.</summary>
    public static Markup Refuse(ReportSchema schema, UsageWindow window, string name) => Frame(
        schema,
        name,
        DashboardTexts.Text("CertificateNone"),
        Markup.Of(
            $"""
            <h1>{DashboardTexts.Text("CertificateNone")}</h1>
            <p class="lead">{DashboardTexts.Text("CertificateNoneText", name[(FieldRollup.FieldOf(name).Length + 1)..], window, ServerLimits.LeastPublished)}</p>

            """));

    private static Markup Frame(ReportSchema schema, string name, string title, Markup content)
    {
        string product = schema.Header.Product;
        string field = FieldRollup.FieldOf(name);
        return PageFrame.Draw(
            Here,
            title,
            [
                PageFrame.Top(Here), (product, Here.Product(product)),
                (NowCharts.TitleOf(schema, field), Here.Chart(product, field, null, "html")),
            ],
            content);
    }
}
