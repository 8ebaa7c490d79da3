using NUnit.Framework;
using UsageReporting.Core.Consent;

namespace UsageReporting.Tests.Consent;

public sealed class ConsentGateTests
{
    [Test]
    public void Decide_NobodyObjects_Asks() =>
        Assert.That(
            ConsentGate.Decide([null, null], ConsentMode.AskEachTime, new UsageTexts()),
            Is.EqualTo(new ConsentDecision(
                ConsentState.Ask, UsageLevel.Full, "nothing is sent unless you say yes to it, each time")));

    [Test]
    public void Decide_SeveralObject_TheFirstIsNamed() =>
        Assert.That(
            ConsentGate.Decide([null, "the policy says off", "DO_NOT_TRACK is set"], ConsentMode.AskEachTime, new UsageTexts()),
            Is.EqualTo(new ConsentDecision(ConsentState.Off, UsageLevel.None, "the policy says off")));

    [Test]
    public void Decide_ModeThatThereIsNot_Throws() =>
        Assert.That(() => ConsentGate.Decide([], (ConsentMode)7, new UsageTexts()), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Decide_SourcesOfAGate_AreAskedAnewEachTime()
    {
        ChangingSource source = new();
        ConsentGate gate = new([source], ConsentMode.AskEachTime, new UsageTexts());
        ConsentDecision before = gate.Decide();
        source.Reason = "it changed";

        Assert.That((before.State, gate.Decide().Because), Is.EqualTo((ConsentState.Ask, "it changed")));
    }

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

    private sealed class ChangingSource : IConsentSource
    {
        public string? Reason { get; set; }

        public string? ReasonForOff() => Reason;
    }
}
