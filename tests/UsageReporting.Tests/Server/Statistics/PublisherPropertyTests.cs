using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>
/// Whatever installations there are: from all that is published of a window nobody can compute a number that is hidden.
/// </summary>
public sealed class PublisherPropertyTests
{
    [Test]
    public void Publish_AnyInstallations_DeterminesNoHiddenCell() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Arb.From(AnyInstallations.Any), sample =>
        {
            foreach (WindowKind kind in Enum.GetValues<WindowKind>())
            {
                UsageWindow window = UsageWindow.Of(kind, AnyInstallations.Monday);
                PublicAnswers answers = new(sample.Schema, Publisher.Publish(sample.Schema, sample.RollUp(window)));
                new PublicKnowledge(sample, window, answers).AssertNothingHiddenIsKnown();
            }
        }));

    // The test itself must notice what it is for.
    [Test]
    public void Determines_OneHiddenValue_IsComputedFromTheTotal()
    {
        LinearSystem known = new();
        known.Know("a", "b", "c");
        known.Know("a");
        Assert.That(known.Determines("b"), Is.False);
        Assert.That(known.Determines("b", "c"), Is.True);
        known.Know("b");
        Assert.That(known.Determines("c"), Is.True);
        Assert.That(known.Determines("d"), Is.False);
    }
}
