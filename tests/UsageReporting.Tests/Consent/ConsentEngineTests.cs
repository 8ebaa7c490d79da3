using NUnit.Framework;
using UsageReporting.Core.Consent;

namespace UsageReporting.Tests.Consent;

/// <summary>What a yes is bound to.</summary>
public sealed class ConsentEngineTests
{
    private static readonly DateTimeOffset Then = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private static readonly UsageField Agreed = UsageField.Word("channel", "Channel", "Why.", ["stable", "beta"]);

    private static IEnumerable<TestCaseData> Fields =>
    [
        Case("the same", Agreed, Agreed, false),
        Case("another label and purpose", Agreed, UsageField.Word("channel", "Other", "Because.", ["stable", "beta"]), false),
        Case("required now", Agreed, Agreed with { Required = true }, false),
        Case("no longer published", Agreed, Agreed with { Publish = false }, false),
        Case("published now", Agreed with { Publish = false }, Agreed, true),
        Case("fewer words", Agreed, UsageField.Word("channel", "Channel", "Why.", ["beta"]), false),
        Case("a further word", Agreed, UsageField.Word("channel", "Channel", "Why.", ["stable", "beta", "dev"]), true),
        Case("another kind", Agreed, UsageField.Flag("channel", "Channel", "Why."), true),
        Case("another name", Agreed, UsageField.Word("canal", "Channel", "Why.", ["stable", "beta"]), true),
        Case("wider ranges", Bucket(0, 10, 100), Bucket(0, 100), false),
        Case("narrower ranges", Bucket(0, 100), Bucket(0, 10, 100), true),
        Case("narrower bounds", Count(0, 10), Count(1, 9), false),
        Case("a lower minimum", Count(0, 10), Count(-1, 10), true),
        Case("a higher maximum", Count(0, 10), Count(0, 11), true),
        Case("fewer parts of a version", Version(null), Version(3), false),
        Case("any parts of a version", Version(3), Version(null), true),
        Case("a shorter text", Text("[a-z]+", 9), Text("[a-z]+", 8), false),
        Case("a longer text", Text("[a-z]+", 8), Text("[a-z]+", 9), true),
        Case("another pattern", Text("[a-z]+", 8), Text("[a-y]+", 8), true),
        Case("a catalogue that grew", Set("plugins", "a"), Set("plugins", "a", "b"), false),
        Case("another catalogue", Set("plugins", "a"), Set("themes", "a"), true),
        Case("a lower level", Agreed with { Level = UsageLevel.Middle }, Agreed, false),
        Case("a level above what was agreed to", Agreed with { Level = UsageLevel.Full }, Agreed, true),
    ];

    [TestCaseSource(nameof(Fields))]
    public void Decide_FieldSinceTheYes_PausesWhenItSaysMore(UsageField then, UsageField now, bool isPaused)
    {
        ConsentDecision decision = Decide(Yes(Terms([then]), UsageLevel.Middle), Terms([now]));

        Assert.That(decision.State, Is.EqualTo(ConsentState.On));
        Assert.That(decision.Paused, isPaused ? Is.EqualTo(new[] { now }) : Is.Empty);
        Assert.That(decision.Allows(now), Is.EqualTo(!isPaused));
    }

    private static IEnumerable<TestCaseData> Headers =>
    [
        Header("another operator", header => header with { Operator = "Somebody" }, "somebody else receives the reports than you were told"),
        Header("more who can read", header => header with { Access = ["Ann", "Bob"] }, "more people can read the reports than you were told"),
        Header("fewer who can read", header => header with { Access = [] }, null),
        Header("an id that lasts", header => header with { Identity = new ReportIdentity() }, "reports would say more of who sends them than you were told"),
        Header("another contact and promise", header => header with { Contact = "x@example.org", Promise = "None." }, null),
        Header("larger reports", header => header with { MaxBytes = 8_192 }, null),
    ];

    [TestCaseSource(nameof(Headers))]
    public void Decide_HeaderSinceTheYes_AsksAgainWhereItMatters(Func<SchemaHeader, SchemaHeader> change, string? because)
    {
        ConsentTerms then = Terms([Agreed], header => header with { Identity = new ReportIdentity { Kind = IdentityKind.Rotating } });
        ConsentTerms now = then with { Schema = ReportSchema.Create(change(then.Schema.Header), then.Schema.Fields) };

        ConsentDecision decision = Decide(Yes(then), now);

        Assert.That((decision.State, decision.Because), Is.EqualTo(
            because is null ? (ConsentState.On, "you said yes on 2026-05-18") : (ConsentState.Ask, because)));
    }

    [TestCase("https://a.example.org/report", ExpectedResult = ConsentState.On)]
    [TestCase("https://a.example.org/report https://b.example.org/report", ExpectedResult = ConsentState.On)]
    [TestCase("https://c.example.org/report", ExpectedResult = ConsentState.Ask)]
    public ConsentState Decide_DestinationsSinceTheYes_AskAgainWhereOneIsNew(string destinations)
    {
        ConsentTerms then = Terms([Agreed]) with
        {
            Destinations = ["https://a.example.org/report", "https://b.example.org/report"],
        };

        return Decide(Yes(then), then with { Destinations = destinations.Split(' ') }).State;
    }

    [TestCase(29, ExpectedResult = ConsentState.On)]
    [TestCase(30, ExpectedResult = ConsentState.Ask)]
    public ConsentState Decide_YesForAWhile_Ends(int days)
    {
        ConsentRecord yes = Yes(Terms([Agreed])) with { Until = Then.AddDays(30) };

        return ConsentEngine.Decide(
            ConsentMode.OptIn, [], yes, Terms([Agreed]), Then.AddDays(days), new UsageTexts()).State;
    }

    [Test]
    public void Decide_Level_HoldsWhatWasAgreedTo()
    {
        UsageField full = UsageField.Flag("full", "Full", "Why.") with { Level = UsageLevel.Full };
        ConsentDecision decision = Decide(Yes(Terms([Agreed, full]), UsageLevel.Basic), Terms([Agreed, full]));

        Assert.That((decision.Level, decision.Allows(Agreed), decision.Allows(full)), Is.EqualTo((UsageLevel.Basic, true, false)));
        Assert.That(decision.Paused, Is.Empty);
    }

    [TestCase(null, NoticeReason.First, "nothing is sent before you were told of it")]
    [TestCase("the same", null, "you were told of it on 2026-05-18 and have not said no")]
    [TestCase("another operator", NoticeReason.Changed, "somebody else receives the reports than you were told")]
    [TestCase("a new field", NoticeReason.NewFields, "you were told of it on 2026-05-18 and have not said no")]
    public void Decide_OnByDefault_IsOnAfterANoticeOfTheSame(string? told, NoticeReason? notice, string because)
    {
        UsageField more = UsageField.Flag("more", "More", "Why.");
        ConsentTerms terms = Terms([Agreed, more]);
        ConsentTerms? then = told switch
        {
            null => null,
            "another operator" => Terms([Agreed, more], header => header with { Operator = "Somebody" }),
            "a new field" => Terms([Agreed]),
            _ => terms,
        };

        ConsentDecision decision = ConsentEngine.Decide(
            ConsentMode.OptOut, [], then is null ? null : Told(then), terms, Then.AddDays(1), new UsageTexts());

        Assert.That(decision.Notice, Is.EqualTo(notice));
        Assert.That(decision.Because, Is.EqualTo(because));
        Assert.That(
            decision.State,
            Is.EqualTo(notice is null or NoticeReason.NewFields ? ConsentState.On : ConsentState.Ask));
        Assert.That(decision.Allows(more), Is.EqualTo(notice != NoticeReason.NewFields));
    }

    [Test]
    public void Decide_OnByDefault_HoldsTheLowestLevelOnly()
    {
        ConsentTerms terms = Terms([Agreed, UsageField.Flag("more", "More", "Why.") with { Level = UsageLevel.Middle }]);

        ConsentDecision decision = ConsentEngine.Decide(
            ConsentMode.OptOut, [], Told(terms), terms, Then.AddDays(1), new UsageTexts());

        Assert.That((decision.State, decision.Level), Is.EqualTo((ConsentState.On, UsageLevel.Basic)));
        Assert.That((decision.Paused, decision.Notice), Is.EqualTo((Array.Empty<UsageField>(), (NoticeReason?)null)));
    }

    [TestCase(ConsentMode.OptOut)]
    [TestCase(ConsentMode.OptIn)]
    public void Decide_YesThatEnded_IsNotFollowedByADefault(ConsentMode mode)
    {
        ConsentRecord yes = Yes(Terms([Agreed])) with { Until = Then.AddDays(30) };

        ConsentDecision decision = ConsentEngine.Decide(mode, [], yes, Terms([Agreed]), Then.AddDays(30), new UsageTexts());

        Assert.That((decision.State, decision.Notice), Is.EqualTo((ConsentState.Ask, (NoticeReason?)null)));
    }

    [TestCase(ConsentMode.OptIn)]
    [TestCase(ConsentMode.AskEachTime)]
    public void Decide_NoticeWhereItIsNotOnByDefault_IsNoYes(ConsentMode mode) =>
        Assert.That(
            ConsentEngine.Decide(mode, [], Told(Terms([Agreed])), Terms([Agreed]), Then, new UsageTexts()).State,
            Is.EqualTo(ConsentState.Ask));

    [Test]
    public void Decide_ModeThatThereIsNot_Throws() =>
        Assert.That(
            () => ConsentEngine.Decide((ConsentMode)7, [], null, Terms([Agreed]), Then, new UsageTexts()),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    private static ConsentDecision Decide(ConsentRecord record, ConsentTerms terms) =>
        ConsentEngine.Decide(ConsentMode.OptIn, [], record, terms, Then.AddDays(1), new UsageTexts());

    private static ConsentRecord Yes(ConsentTerms terms, UsageLevel level = UsageLevel.Full) =>
        new(ConsentChoice.Yes, level, Then, null, terms);

    private static ConsentRecord Told(ConsentTerms terms) => new(Choice: null, UsageLevel.Basic, Then, Until: null, terms);

    private static ConsentTerms Terms(IReadOnlyList<UsageField> fields, Func<SchemaHeader, SchemaHeader>? change = null)
    {
        SchemaHeader header = new() { Product = "app", Access = ["Ann"] };
        return new ConsentTerms(
            ReportSchema.Create(change?.Invoke(header) ?? header, fields), ["https://stats.example.org/report"]);
    }

    private static TestCaseData Case(string name, UsageField then, UsageField now, bool isPaused) =>
        new TestCaseData(then, now, isPaused).SetArgDisplayNames(name);

    private static TestCaseData Header(string name, Func<SchemaHeader, SchemaHeader> change, string? because) =>
        new TestCaseData(change, because).SetArgDisplayNames(name);

    private static BucketField Bucket(params long[] bounds) => UsageField.Bucket("field", "Field", "Why.", bounds);

    private static CountField Count(long minimum, long maximum) =>
        UsageField.Count("field", "Field", "Why.", minimum, maximum);

    private static VersionField Version(int? parts) => UsageField.Version("field", "Field", "Why.", parts);

    private static TextField Text(string pattern, int maxLength) =>
        UsageField.Text("field", "Field", "Why.", pattern, maxLength);

    private static SetField Set(string catalogue, params string[] words) =>
        UsageField.Set("field", "Field", "Why.", Vocabulary.Catalogue(catalogue, words));
}
