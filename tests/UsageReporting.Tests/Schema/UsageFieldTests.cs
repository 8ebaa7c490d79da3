using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class UsageFieldTests
{
    [Test]
    public void Defaults_OfAField_AreBasicOptionalAndPublished()
    {
        FlagField field = UsageField.Flag("flag", "Flag", "Why.");

        Assert.That(field.Level, Is.EqualTo(UsageLevel.Basic));
        Assert.That(field.Required, Is.False);
        Assert.That(field.Publish, Is.True);
        Assert.That(field.DetailOf, Is.Null);
    }

    [Test]
    public void With_AnyKind_KeepsTheRestOfTheDeclaration()
    {
        BucketField bucket = UsageField.Bucket("bucket", "Bucket", "Why.", [0, 10]) with { Required = true };
        TextField text = UsageField.Text("text", "Text", "Why.", "[a-z]", 1) with { Publish = false };
        UsageField any = text;
        UsageField changed = any with { Level = UsageLevel.Full };

        Assert.That(bucket.RangeOf(3), Is.EqualTo("0-9"));
        Assert.That(text.Allows("a"), Is.True);
        Assert.That(changed, Is.TypeOf<TextField>().And.Property("Publish").False.And.Property("Level").EqualTo(UsageLevel.Full));
        Assert.That(text.Level, Is.EqualTo(UsageLevel.Basic));
    }
}
