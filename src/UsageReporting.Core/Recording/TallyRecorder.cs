using Microsoft.Extensions.Logging;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Consent;

namespace UsageReporting.Core.Recording;

/// <summary>
/// Looks every ten seconds, and when the process ends, whether something was counted, and keeps it if that was chosen.
/// </summary>
internal sealed class TallyRecorder : IAsyncDisposable, IDisposable
{
    private readonly ConsentGate _consent;
    private readonly TallyWriter _writer;
    private readonly TallyListener? _listener;
    private readonly ITimer? _timer;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<TallyField, long> _missed;
    private ConsentState? _before;
    private bool _isDropSaid;
    private int _isDisposed;

    public TallyRecorder(
        UsageTallies tallies,
        IReadOnlyList<TallyRegistration> registrations,
        ConsentGate consent,
        TallyWriter writer,
        UsageMetrics metrics,
        TimeProvider time,
        ILogger<TallyRecorder> logger)
    {
        Tallies = tallies;
        _consent = consent;
        _writer = writer;
        _logger = logger;
        _missed = tallies.Fields.ToDictionary(field => field, _ => 0L);
        if (_missed.Count == 0)
        {
            return;
        }

        metrics.ObserveDroppedTallies(() => tallies.Dropped);
        _listener = new TallyListener(tallies, registrations);
        _timer = time.CreateTimer(_ => Look(), null, ClientLimits.TallyPeriod, ClientLimits.TallyPeriod);
        AppDomain.CurrentDomain.ProcessExit += OnExit;

        // So that nothing is counted for long if it may not be.
        _ = Task.Run(FlushAsync);
    }

    /// <summary>What is counted.</summary>
    public UsageTallies Tallies { get; }

    /// <summary>Keeps what was counted, or forgets it, as was chosen.</summary>
    public async Task FlushAsync()
    {
        if (_missed.Count == 0)
        {
            return;
        }

        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            await FlushOnceAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A mistake of ours must not become the host's; what was counted is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.TalliesFailed(_logger, e.GetType().Name);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0 || _timer is null)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _listener!.Dispose();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await FlushAsync().ConfigureAwait(false);
    }

    // On the thread pool, because the host's thread may have a context that waits for itself.
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).Wait(ClientLimits.TallyExitTime);

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Look()
    {
        if (Tallies.Fields.Any(field => field.IsTouched(_missed[field])))
        {
            _ = FlushAsync();
        }
    }

    private async Task FlushOnceAsync()
    {
        ConsentDecision decision = await _consent.DecideAsync(isExplicit: false).ConfigureAwait(false);
        bool isKept = await IsKeptAsync(decision).ConfigureAwait(false);
        TallyDocument counted = TallyDocument.Empty;

        // What was counted while the choice changed, by another process, may have been counted before it.
        TallyCounts counts = decision.State == ConsentState.On && _before is null or ConsentState.On
            ? counted.Counts
            : counted.Local;
        foreach (TallyField field in Tallies.Fields)
        {
            bool isOpen = isKept && decision.Allows(field.Declared);
            bool wasOpen = field.Gate.IsOpen;
            field.Gate.IsOpen &= isOpen;
            foreach ((string word, long number) in field.Take())
            {
                if (isOpen && wasOpen)
                {
                    counts.Add(field.Declared.Name, word, number);
                }
            }

            _missed[field] = field.Gate.Missed;
            field.Gate.IsOpen = isOpen;
        }

        _before = decision.State;
        SayDropped();
        if (!isKept)
        {
            _writer.Forget();
        }

        await _writer.TryWriteAsync(counted).ConfigureAwait(false);
    }

    // Local is also what a policy or a variable says where nobody has chosen anything, and what is printed leaves no file.
    private async Task<bool> IsKeptAsync(ConsentDecision decision) =>
        decision.State == ConsentState.On
        || (decision is { State: ConsentState.Local, IsPrinted: false }
            && await _consent.FindRecordAsync().ConfigureAwait(false) is not null);

    private void SayDropped()
    {
        if (!_isDropSaid && Tallies.Dropped is > 0 and var dropped)
        {
            _isDropSaid = true;
            Log.TalliesDropped(_logger, dropped);
        }
    }
}
