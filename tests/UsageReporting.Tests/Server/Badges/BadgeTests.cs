using System.Xml.Linq;
using NUnit.Framework;
using UsageReporting.Server.Badges;
using VerifyNUnit;

namespace UsageReporting.Tests.Server.Badges;

public sealed class BadgeTests
{
    [Test]
    public Task Draw_LabelAndValue_IsSvg() => Verifier.Verify(Badge.Draw("installs", "1.2k"));

    [TestCase("a<b&\"c\"'", "<script>alert(1)</script>")]
    [TestCase("", "")]
    [TestCase("установки", "1 234")]
    public void Draw_WhateverTheText_IsWellFormedAndSaysIt(string label, string value)
    {
        XElement svg = XElement.Parse(Badge.Draw(label, value));

        Assert.That(
            svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value),
            Is.EqualTo(new[] { label, value }));
        Assert.That(svg.Attribute("aria-label")!.Value, Is.EqualTo($"{label}: {value}"));
    }
}
