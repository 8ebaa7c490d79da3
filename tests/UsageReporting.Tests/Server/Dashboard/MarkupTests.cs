using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class MarkupTests
{
    [TestCase("<b>", "&lt;b&gt;")]
    [TestCase("a\" onclick=\"b", "a&quot; onclick=&quot;b")]
    [TestCase("it's & 'that'", "it&#x27;s &amp; &#x27;that&#x27;")]
    [TestCase("1000–9999 €", "1000–9999 €")]
    public void Of_Text_IsEncoded(string text, string expected) =>
        Assert.That(Markup.Of($"""<p title="{text}">{text}</p>""").ToString(), Is.EqualTo($"<p title=\"{expected}\">{expected}</p>"));

    [Test]
    public void Of_Markup_IsMarkup()
    {
        Markup bold = Markup.Of($"<b>{"<"}</b>");

        Assert.That(Markup.Of($"<p>{bold}{new[] { bold, bold }}{Markup.Nothing}</p>").ToString(), Is.EqualTo("<p><b>&lt;</b><b>&lt;</b><b>&lt;</b></p>"));
        Assert.That(Markup.Join([bold, bold]).ToString(), Is.EqualTo("<b>&lt;</b><b>&lt;</b>"));
    }

    [Test, SetCulture("de-DE")]
    public void Of_Numbers_AreThoseOfPrograms() =>
        Assert.That(Markup.Of($"{1_234.567} {1_234L} {0.0}{default(string)}").ToString(), Is.EqualTo("1234.57 1234 0"));

    [Test, SetCulture("de-DE")]
    public void Figures_InAnyCulture_AreTheSame()
    {
        Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo("de-DE"));
        Assert.That(Figures.Number(1_234_567), Is.EqualTo("1,234,567"));
        Assert.That(Figures.Number(null), Is.EqualTo("–"));
        Assert.That(Figures.Percent(0.4123), Is.EqualTo("41.2 %"));
        Assert.That(Figures.Change(-0.0312), Is.EqualTo("−3.1 %"));
        Assert.That(Figures.Change(0.5), Is.EqualTo("+50.0 %"));
        Assert.That(Figures.Mark(1_500), Is.EqualTo("1.5k"));
        Assert.That(Figures.Time(new DateTimeOffset(2026, 11, 23, 0, 0, 10, TimeSpan.Zero)), Is.EqualTo("2026-11-23 00:00 UTC"));
    }
}
