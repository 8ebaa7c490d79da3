using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Delivery;

/// <summary>What tests of somebody have who wants erased what was sent: a folder, a clock, and an endpoint with a key.</summary>
public abstract class ErasureTests
{
    private protected TemporaryFolder Folder { get; private set; } = null!;

    private protected ManualTimeProvider Time { get; private set; } = null!;

    private protected ErasingSink Sink { get; private set; } = null!;

    private protected ReceiptSigner Endpoint { get; private set; } = null!;

    /// <summary>Where the host keeps what lasts; null for the files themselves.</summary>
    private protected IUsageStateStore? Store { get; set; }

    [SetUp]
    public void SetUp()
    {
        Folder = new TemporaryFolder();
        Time = new ManualTimeProvider(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
        Sink = new ErasingSink();
        Endpoint = new ReceiptSigner();
        Store = null;
    }

    [TearDown]
    public void TearDown()
    {
        Endpoint.Dispose();
        Folder.Dispose();
    }

    private protected IEnumerable<string?> Files() => Directory.GetFiles(Folder.Combine("state")).Select(Path.GetFileName);

    private protected string Text(string name) => File.ReadAllText(Folder.Combine("state", name)).Trim();

    private protected TestClient Client(params IReportSink[] sinks) => Client(IdentityKind.Stable, sinks);

    private protected TestClient Client(IdentityKind kind, params IReportSink[] sinks) => new(Folder.Combine("state"), sinks)
    {
        Time = Time,
        Configure = options => options.Identity = new ReportIdentity { Kind = kind },
        NamesFolder = Store is null,
        Add = builder =>
        {
            builder.AddIdentityFields(kind == IdentityKind.Stable
                ? [IdentityFields.ErasureKey()]
                : [IdentityFields.Period(RotationPeriod.Week), IdentityFields.ErasureKey()]);
            if (Store is { } store)
            {
                builder.UseStateStore(_ => store);
            }
        },
    };
}
