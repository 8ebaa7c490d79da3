using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.State;

namespace UsageReporting.Tests.Recording;

public sealed class TallyRecorderTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;

    private string State => _folder.Combine("state");

    private string[] Files => Directory.Exists(State)
        ? [.. Directory.GetFiles(State, "tallies_*").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)]
        : [];

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Report_AfterAYes_HoldsWhatHandlesAndMetersCounted()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        Counter<long> created = printers.Meter.CreateCounter<long>("job_created");
        Counter<int> kinds = printers.Meter.CreateCounter<int>("printers");

        printers.Count("app_start");
        created.Add(2);
        kinds.Add(3, new KeyValuePair<string, object?>("kind", "prusa"));
        kinds.Add(1, new("colour", "red"), new("kind", "bambu"));

        Assert.That(await printers.SendAsync(), Is.EqualTo(
            """{"events":{"app_start":1,"job_created":2},"kinds":{"prusa":3,"bambu":1}}"""));
        Assert.That(Files, Is.Empty, "what was reported is not kept");
    }

    [Test]
    public async Task Report_Twice_HoldsEachTallyOnce()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("job_created", 2);
        await printers.SendAsync();
        _time.Advance(TimeSpan.FromDays(7));
        printers.Count("job_created");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":1}}"""));
        _time.Advance(TimeSpan.FromDays(7));
        Assert.That(await printers.SendAsync(), Is.EqualTo("{}"), "nothing happened");
    }

    [Test]
    public async Task Meter_WhatNobodyDeclares_IsDroppedAndCounted()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Meter.CreateCounter<long>("secret").Add(1);
        printers.Meter.CreateHistogram<long>("job_created").Record(1);
        printers.Meter.CreateCounter<double>("job_failed").Add(1.5);
        Counter<long> kinds = printers.Meter.CreateCounter<long>("printers");
        kinds.Add(1);
        kinds.Add(1, new KeyValuePair<string, object?>("kind", "canary"));
        kinds.Add(1, new KeyValuePair<string, object?>("kind", 7));
        kinds.Add(-1, new KeyValuePair<string, object?>("kind", "prusa"));
        printers.Count("canary");

        Assert.That(await printers.SendAsync(), Is.EqualTo("{}"));
        Assert.That(printers.Reporter.Tallies.Dropped, Is.EqualTo(7));
        Assert.That(printers.Client.Log.Lines, Has.One.Contains("7 tallies were dropped"));
        Assert.That(printers.Client.Log.Lines, Has.None.Contains("canary"));
    }

    [Test]
    public void Of_FieldThatWasNotAdded_IsTheDevelopersMistake()
    {
        using Printers printers = Start();
        CountsField other = UsageField.Counts("other", "Other", "Why.", ["a"], 0, 1);

        Assert.That(
            () => printers.Reporter.Tallies.Of(other, "a"),
            Throws.ArgumentException.With.Message.StartsWith("AddTallies was not given the field \"other\"."));
    }

    [Test]
    public async Task BeforeAnyChoice_NothingIsCountedAndNothingWritten()
    {
        using Printers printers = Start();
        printers.Count("job_created");
        await printers.FlushAsync();
        printers.Count("job_created");
        await printers.FlushAsync();
        Assert.That(Directory.Exists(State), Is.False);

        printers.Count("job_created");
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("app_start");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""));
    }

    [TestCase("local")]
    [TestCase("debug")]
    [TestCase("policy")]
    public async Task SwitchedToLocal_BeforeAnyChoice_NothingIsWritten(string by)
    {
        using Printers printers = Start();
        SwitchToLocal(printers, by);
        await printers.FlushAsync();
        printers.Count("job_created");
        await printers.FlushAsync();

        Assert.That(Directory.Exists(State), Is.False);
    }

    [TestCase("local", ExpectedResult = 1)]
    [TestCase("debug", ExpectedResult = 0, Description = "It writes no file, whatever was chosen.")]
    [TestCase("policy", ExpectedResult = 1)]
    public async Task<int> SwitchedToLocal_AfterAYes_IsKeptHere(string by)
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        SwitchToLocal(printers, by);
        await printers.FlushAsync();
        printers.Count("job_created");
        await printers.FlushAsync();

        return Files.Length;
    }

    [Test]
    public async Task Start_OfAnInstallationThatSaidYes_CountsFromTheFirstMoment()
    {
        using (Printers before = Start())
        {
            await before.ChooseAsync(ConsentChoice.Yes);
        }

        using Printers printers = Start();
        printers.Count("app_start");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""));
    }

    [Test]
    public async Task Local_LaterYes_IsNeverSent()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Local);
        printers.Count("job_created", 5);
        await printers.FlushAsync();
        printers.Count("job_created", 6);
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("job_created", 1);

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":1}}"""));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(State, "tallies_01.json")), Does.Contain(
            """counts":{},"local":{"events":{"job_created":11}}"""), "it stays here");
    }

    // The other process does not know of the choice at once: what it counts meanwhile may have been counted before it.
    [Test]
    public async Task Local_YesInAnotherProcess_IsNeverSent()
    {
        using Printers printers = Start();
        using Printers other = Start(processId: 2);
        await printers.ChooseAsync(ConsentChoice.Local);
        other.Count("job_created", 2);
        await other.FlushAsync();
        other.Count("job_created", 3);
        await printers.ChooseAsync(ConsentChoice.Yes);
        await other.FlushAsync();
        other.Count("job_created", 4);
        await other.FlushAsync();

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":4}}"""));
    }

    [Test]
    public async Task No_AfterAYes_ForgetsWhatWasCounted()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("job_created");
        await printers.FlushAsync();
        printers.Count("job_created");
        await printers.ChooseAsync(ConsentChoice.No);
        printers.Count("job_created");
        await printers.FlushAsync();
        Assert.That(Files, Is.Empty);

        await printers.ChooseAsync(ConsentChoice.Yes);
        Assert.That(await printers.SendAsync(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task SwitchedOffInTheEnvironment_NothingIsCounted()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Client.Machine.Variables["DO_NOT_TRACK"] = "1";
        printers.Count("job_created");
        await printers.FlushAsync();

        Assert.That(Files, Is.Empty);
    }

    [Test]
    public async Task Level_BelowTheFields_IsNotCounted()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes, UsageLevel.Basic);
        Counter<long> kinds = printers.Meter.CreateCounter<long>("printers");
        kinds.Add(1, new KeyValuePair<string, object?>("kind", "prusa"));
        printers.Count("app_start");
        await printers.ChooseAsync(ConsentChoice.Yes);
        kinds.Add(4, new KeyValuePair<string, object?>("kind", "prusa"));

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1},"kinds":{"prusa":4}}"""));
    }

    [Test]
    public async Task EveryTenSeconds_WhenSomethingWasCounted_IsWritten()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(Files, Is.Empty);

        printers.Count("job_created");
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(() => Files, Is.EqualTo(new[] { "tallies_01.json" }).After(20_000, 5));
    }

    [Test]
    public async Task Exit_WhatWasCounted_IsWritten()
    {
        using (Printers printers = Start())
        {
            await printers.ChooseAsync(ConsentChoice.Yes);
            printers.Count("job_created", 3);
        }

        using Printers next = Start();
        Assert.That(await next.SendAsync(), Is.EqualTo("""{"events":{"job_created":3}}"""));
    }

    [Test]
    public async Task SeveralProcesses_HaveAFileEachAndOneReport()
    {
        Printers[] all = [.. Enumerable.Range(0, 20).Select(number => Start(processId: number))];
        await all[0].ChooseAsync(ConsentChoice.Yes);

        foreach (Printers printers in all)
        {
            await printers.FlushAsync();
            printers.Count("job_created");
            await printers.FlushAsync();
        }

        Assert.That(Files, Has.Length.EqualTo(16), "the rest share one");
        Assert.That(await all[3].SendAsync(), Is.EqualTo("""{"events":{"job_created":20}}"""));
        Assert.That(Files, Is.Empty);
        Array.ForEach(all, printers => printers.Dispose());
    }

    private static IEnumerable<string> Damaged =>
    [
        "\0\u0001noise", "{", "null", "[]", "{}", """{"version":1}""",
        """{"version":2,"id":"a","counts":{"events":{"job_created":1}},"local":{}}""",
        """{"version":1,"id":"a","counts":{"events":{"job_created":-1}},"local":{}}""",
        """{"version":1,"id":"a","counts":{"events":{"job_created":9007199254740992}},"local":{}}""",
        """{"version":1,"id":"a","counts":{"events":{"job_created":1.5}},"local":{}}""",
        """{"version":1,"id":"a","counts":{"events":7},"local":{}}""",
        """{"version":1,"id":"a","counts":{"events":null},"local":{}}""",
        """{"version":1,"id":null,"counts":{},"local":{}}""",
    ];

    [TestCaseSource(nameof(Damaged)), Property("Case", 107)]
    public async Task File_DamagedForeignOrNewer_IsSetAsideOnce(string text)
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        await File.WriteAllTextAsync(Path.Combine(State, "tallies_01.json"), text);
        printers.Count("app_start");
        await printers.FlushAsync();
        await File.WriteAllTextAsync(Path.Combine(State, "tallies_01.json"), "a second time");
        printers.Count("app_start");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""));
        Assert.That(Files, Is.EqualTo(new[] { "tallies_01.json.old" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(State, "tallies_01.json.old")), Is.EqualTo(text));
    }

    [Test, Property("Case", 107)]
    public async Task File_Empty_IsSetAside()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        await File.WriteAllTextAsync(Path.Combine(State, "tallies_01.json"), "");
        printers.Count("app_start");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""));
        Assert.That(Files, Is.EqualTo(new[] { "tallies_01.json.old" }));
    }

    [Test]
    public async Task Words_OfAnotherVersion_StayInTheFileAndAreNotSent()
    {
        using Printers printers = Start();
        await printers.ChooseAsync(ConsentChoice.Yes);
        await File.WriteAllTextAsync(
            Path.Combine(State, "tallies_01.json"),
            """{"version":1,"id":"a","counts":{"events":{"job_paused":2,"app_start":1},"later":{"a":1}},"local":{}}""");

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(State, "tallies_01.json")), Does.Contain(
            """counts":{"events":{"job_paused":2},"later":{"a":1}}"""));
    }

    [Test]
    public async Task StoreOfTheHost_KeepsTheTalliesOfAllItsMachines()
    {
        string connection = $"Data Source={_folder.Combine("app.db")};Pooling=False";
        await using (SqliteConnection database = new(connection))
        {
            await database.OpenAsync();
            await using SqliteCommand command = database.CreateCommand();
            command.CommandText = "CREATE TABLE usage_state (name TEXT PRIMARY KEY, text TEXT NOT NULL)";
            await command.ExecuteNonQueryAsync();
        }

        // Containers: all of them have the same number.
        using Printers one = Start(store: new SqliteStateStore(connection));
        using Printers two = Start(store: new SqliteStateStore(connection));
        await one.ChooseAsync(ConsentChoice.Yes);
        await two.FlushAsync();
        one.Count("job_created", 1);
        two.Count("job_created", 2);
        await two.FlushAsync();

        Assert.That(await one.SendAsync(), Is.EqualTo("""{"events":{"job_created":3}}"""));
        Assert.That(Directory.Exists(State), Is.False);
    }

    // What was tried and had no answer may be there all the same.
    [Test, Property("Case", 112)]
    public async Task Store_WritesAndFails_IsNotCountedTwice()
    {
        FailingStore store = new(new FileStateStore(State, new UsageTexts(), TimeProvider.System));
        using Printers printers = Start(store: store);
        await printers.ChooseAsync(ConsentChoice.Yes);
        printers.Count("job_created", 1);
        store.IsFailingAfterwards = true;
        await printers.FlushAsync();
        printers.Count("job_created", 2);
        store.IsFailingAfterwards = false;
        store.IsFailingBefore = true;
        await printers.FlushAsync();
        store.IsFailingBefore = false;
        printers.Count("job_created", 4);

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":7}}"""));
    }

    [Test]
    public async Task Report_MoreThanTheFieldAllows_CarriesTheRestNextTime()
    {
        using Printers printers = Start();
        using Printers other = Start(processId: 2);
        await printers.ChooseAsync(ConsentChoice.Yes);
        await other.FlushAsync();
        printers.Count("job_created", 999_999);
        other.Count("job_created", 3);
        await other.FlushAsync();

        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":1000000}}"""));
        _time.Advance(TimeSpan.FromDays(7));
        Assert.That(await printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":2}}"""));
    }

    [Test]
    public async Task Report_WithoutRoomForTheField_LeavesItsTalliesForTheNext()
    {
        CountsField many = UsageField.Counts(
            "many", "Many", "Why.", Vocabulary.Of([.. Enumerable.Range(0, 40).Select(number => $"word_{number}")]), 0, 9);
        ScriptedSink sink = new();
        using TestClient client = new(State, sink)
        {
            Time = _time,
            Fields = [],
            Collect = _ => { },
            Configure = options =>
            {
                options.Consent = ConsentMode.OptIn;
                options.MaxBytes = 256;
            },
            Add = builder => builder.AddTallies(tallies => tallies.Add(many)),
        };
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        foreach (string word in many.Words)
        {
            client.Reporter.Tallies.Of(many, word).Add();
        }

        await client.ReportAsync(ConsentAnswer.Yes);

        Assert.That(sink.Reports.Single(), Does.Not.Contain("many"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(State, "tallies_07.json")), Does.Contain("word_39"));
    }

    [Test]
    public async Task Words_MoreThanThereIsRoomFor_AreDropped()
    {
        CountsField plugins = UsageField.Counts(
            "plugins", "Plugins", "Why.",
            Vocabulary.Catalogue("plugins", Enumerable.Range(0, 1_000).Select(number => $"plugin-{number}")), 0, 9);
        using TestClient client = new(State, new ScriptedSink())
        {
            Fields = [],
            Collect = _ => { },
            Configure = options => options.Consent = ConsentMode.OptIn,
            Add = builder => builder.AddTallies(tallies => tallies.Add(plugins)),
        };
        await client.Reporter.SetConsentAsync(ConsentChoice.Yes);
        foreach (string word in plugins.Words)
        {
            client.Reporter.Tallies.Of(plugins, word).Add();
        }

        Assert.That(client.Reporter.Tallies.Dropped, Is.EqualTo(488));
    }

    [Test]
    public void Set_UpWrongly_NamesEveryMistake()
    {
        using TestClient client = new(State, new ScriptedSink())
        {
            Add = builder => builder.AddTallies(tallies => tallies
                .Add(UsageField.Counts("a", "A", "Why.", ["x"], 0, 9) with { Required = true })
                .Add(UsageField.Counts("b", "B", "Why.", ["x"], 2, 9))),
        };

        Assert.That(() => client.Reporter, Throws.InstanceOf<Microsoft.Extensions.Options.OptionsValidationException>()
            .With.Message.EqualTo(
                "a: a tally cannot be required, because nothing may have happened.; "
                + "b: a tally counts from 1, which is outside its bounds."));
    }

    private static void SwitchToLocal(Printers printers, string by)
    {
        if (by == "policy")
        {
            printers.Client.Machine.Files["/etc/usage-reporting.d/policy.json"] = """{"reporting":"local"}""";
        }
        else
        {
            printers.Client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = by;
        }
    }

    private Printers Start(int processId = 1, IUsageStateStore? store = null) => new(State, processId, _time, store);

    private sealed class FailingStore(IUsageStateStore store) : IUsageStateStore
    {
        public bool IsFailingBefore { get; set; }

        public bool IsFailingAfterwards { get; set; }

        public string Place => store.Place;

        public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
            store.ReadAsync(name, cancellationToken);

        public async ValueTask<bool> TryReplaceAsync(
            string name, string? expected, string? text, CancellationToken cancellationToken)
        {
            if (IsFailingBefore)
            {
                throw new IOException();
            }

            bool isReplaced = await store.TryReplaceAsync(name, expected, text, cancellationToken);
            return IsFailingAfterwards ? throw new IOException() : isReplaced;
        }
    }
}
