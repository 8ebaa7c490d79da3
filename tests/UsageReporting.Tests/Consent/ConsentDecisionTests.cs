using NUnit.Framework;

namespace UsageReporting.Tests.Consent;

public sealed class ConsentDecisionTests
{
    [TestCase(UsageLevel.None, 0)]
    [TestCase(UsageLevel.Basic, 1)]
    [TestCase(UsageLevel.Middle, 2)]
    [TestCase(UsageLevel.Full, 3)]
    public void Allows_Level_IncludesThoseBeforeIt(UsageLevel level, int allowed)
    {
        ConsentDecision decision = new(ConsentState.Ask, level, "");
        UsageField[] fields = [.. new[] { UsageLevel.Basic, UsageLevel.Middle, UsageLevel.Full }
            .Select(l => UsageField.Flag("flag", "Flag", "Why.") with { Level = l })];

        Assert.That(fields.Count(decision.Allows), Is.EqualTo(allowed));
        Assert.That(fields.Take(allowed).All(decision.Allows), Is.True);
    }
}
