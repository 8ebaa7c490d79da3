using NUnit.Framework;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Tests.Server.Rollups;

public sealed class PublicFieldsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void ChangesOf_NewFields_ArePublishedFromTheBeginningOrNot() =>
        Assert.That(
            PublicFields.ChangesOf(Schema(publish: true), Noted(), Now),
            Is.EqualTo(new Dictionary<string, DateTimeOffset?> { ["always"] = DateTimeOffset.MinValue, ["field"] = DateTimeOffset.MinValue }));

    [Test]
    public void ChangesOf_WhatIsNoted_IsNothing()
    {
        Assert.That(PublicFields.ChangesOf(Schema(publish: true), Noted(("field", Now.AddDays(-1))), Now).Keys, Is.EqualTo(new[] { "always" }));
        Assert.That(PublicFields.ChangesOf(Schema(publish: false), Noted(("field", null)), Now).Keys, Is.EqualTo(new[] { "always" }));
    }

    [Test]
    public void ChangesOf_FieldThatWasNotPublished_IsFromNowOn() =>
        Assert.That(PublicFields.ChangesOf(Schema(publish: true), Noted(("field", null)), Now)["field"], Is.EqualTo(Now));

    [Test]
    public void ChangesOf_FieldThatIsNotPublishedAnyMore_IsNoted() =>
        Assert.That(PublicFields.ChangesOf(Schema(publish: false), Noted(("field", Now.AddDays(-1))), Now)["field"], Is.Null);

    [Test]
    public void ChangesOf_NotedByAClockThatWasAhead_IsNowAtTheLatest() =>
        Assert.That(PublicFields.ChangesOf(Schema(publish: true), Noted(("field", Now.AddYears(1))), Now)["field"], Is.EqualTo(Now));

    private static Dictionary<string, DateTimeOffset?> Noted(params (string Field, DateTimeOffset? Since)[] fields) =>
        fields.ToDictionary(field => field.Field, field => field.Since);

    private static ReportSchema Schema(bool publish) => ReportSchema.Create(
        new SchemaHeader { Product = "app" },
        [UsageField.Flag("always", "Always", "Why."), UsageField.Flag("field", "Field", "Why.") with { Publish = publish }]);
}
