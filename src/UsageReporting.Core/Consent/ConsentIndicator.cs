using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Consent;

/// <summary>Remembers the latest decision, and tells the host and its log when it is another one.</summary>
internal sealed class ConsentIndicator(UsageTexts texts, ILogger<ConsentIndicator> logger) : IUsageReportingStatus
{
    private readonly Lock _lock = new();

    public event EventHandler? Changed;

    public ConsentDecision? Decision { get; private set; }

    public string Text => Decision switch
    {
        null => texts.Get("IndicatorUnknown"),
        { State: ConsentState.On, Level: var level } => texts.Get("IndicatorOn", NameOf(level)),
        { State: ConsentState.Off } => texts.Get("IndicatorOff"),
        { State: ConsentState.Local } => texts.Get("IndicatorLocal"),
        _ => texts.Get("IndicatorAsk"),
    };

    public void Show(ConsentDecision decision)
    {
        lock (_lock)
        {
            if (Decision is { } before
                && (before.State, before.Level, before.Because) == (decision.State, decision.Level, decision.Because)
                && before.Paused.SequenceEqual(decision.Paused))
            {
                return;
            }

            Decision = decision;
        }

        Log.Decided(logger, NameOf(decision.State), decision.Because);
        foreach (EventHandler handler in (Changed?.GetInvocationList() ?? []).Cast<EventHandler>())
        {
            try
            {
                handler(this, EventArgs.Empty);
            }
#pragma warning disable CA1031 // An indicator that fails costs itself only.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.IndicatorFailed(logger, e.GetType().Name);
            }
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
