namespace UsageReporting.Core.Consent;

/// <summary>Asks the sources and what is kept, anew each time, and lets <see cref="ConsentEngine"/> decide.</summary>
internal sealed class ConsentGate(
    IEnumerable<IConsentSource> sources,
    Automation automation,
    ConsentRecords records,
    ExistingConsent? existing,
    ConsentTerms terms,
    ConsentMode mode,
    ConsentIndicator indicator,
    UsageTexts texts,
    TimeProvider time)
{
    private readonly IConsentSource[] _sources = [.. sources];

    /// <summary>Decides.</summary>
    /// <param name="isExplicit">Whether somebody answered beforehand, so that nobody needs to be there.</param>
    public async Task<ConsentDecision> DecideAsync(bool isExplicit)
    {
        List<ConsentObjection> objections =
            [.. _sources.Select(source => source.Objection()).OfType<ConsentObjection>()];
        if (!isExplicit && automation.Objection() is { } automated)
        {
            objections.Add(automated);
        }

        bool isFixed = objections.Count > 0;

        // What is off is off, whatever was chosen, which then costs no look at a file.
        bool isOff = objections.Any(objection => !objection.IsLocal);
        (ConsentRecord? record, string? unreadable) = isOff ? (null, null) : await records.ReadAsync().ConfigureAwait(false);
        if (unreadable is not null)
        {
            objections.Add(new ConsentObjection(texts.Get("BecauseUnreadable", unreadable)));
        }
        else if (!isOff && record is null && existing is not null)
        {
            switch (await existing.FindAsync().ConfigureAwait(false))
            {
                case (false, _):
                    objections.Add(new ConsentObjection(texts.Get("BecauseHostUnknown")));
                    break;
                case (_, ConsentChoice.No):
                    objections.Add(new ConsentObjection(texts.Get("BecauseHost")));
                    break;
                case (_, { } choice):
                    record = Of(choice, UsageLevel.Full, lasting: null);
                    break;
            }
        }

        ConsentDecision decision = ConsentEngine.Decide(mode, objections, record, terms, time.GetUtcNow(), texts) with
        {
            IsFixed = isFixed,
        };
        if (!isExplicit)
        {
            // An explicit act passes automation once; how it stands is what goes on by itself.
            indicator.Show(decision);
        }

        return decision;
    }

    /// <summary>What the sources look at, in their order.</summary>
    public IReadOnlyList<string> Places => [.. _sources.SelectMany(source => source.Places), .. automation.Places];

    /// <summary>Where the choice is kept that is everybody's; nothing where each person chooses for themselves.</summary>
    public Task<IReadOnlyList<KeptDocument>> FindSharedAsync() => records.FindSharedAsync();

    /// <summary>What the person chose here; null where nothing is kept, or nothing that can be read.</summary>
    public async Task<ConsentRecord?> FindRecordAsync() => (await records.ReadAsync().ConfigureAwait(false)).Record;

    /// <summary>Keeps a choice; a yes is one to today's terms. False where that is not possible.</summary>
    public Task<bool> TryKeepAsync(ConsentChoice choice, UsageLevel level, TimeSpan? lasting) => records.TryWriteAsync(
        // Where each report is asked for, a yes for the future is only that nothing forbids it.
        mode == ConsentMode.AskEachTime && choice == ConsentChoice.Yes ? null : Of(choice, level, lasting));

    /// <summary>Keeps that a notice of today's terms was seen; false where that is not possible.</summary>
    public Task<bool> TryKeepToldAsync() => records.TryWriteToldAsync(
        new ConsentRecord(Choice: null, ConsentEngine.DefaultLevel, time.GetUtcNow(), Until: null, terms));

    /// <summary>
    /// Keeps a yes that the host has had, so that it is one to what the terms are now; false where that is not possible.
    /// </summary>
    public async Task<bool> TryKeepExistingAsync() =>
        existing is null
        || await FindRecordAsync().ConfigureAwait(false) is not null
        || await existing.FindAsync().ConfigureAwait(false) is not (true, { } choice)
        || await TryKeepAsync(choice, UsageLevel.Full, lasting: null).ConfigureAwait(false);

    /// <summary>Forgets the choice; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => records.TryWriteAsync(null);

    private ConsentRecord Of(ConsentChoice choice, UsageLevel level, TimeSpan? lasting)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new ConsentRecord(
            choice, level, now, now + lasting, choice == ConsentChoice.Yes ? terms : null);
    }
}
