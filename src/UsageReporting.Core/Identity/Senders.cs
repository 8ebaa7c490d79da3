using System.Security.Cryptography;
using System.Text.Json.Nodes;
using UsageReporting.Core.Schema;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Identity;

/// <summary>
/// Finds out who a report comes from: nobody, an id that rotates, or one that stays. Nothing of it is taken from hardware,
/// names or paths, and nothing is kept before the yes.
/// </summary>
internal sealed class Senders(
    ReportSchema schema, StableIdentity stable, LocalSecret secret, LastReport last, LastingPlace place, TimeProvider time)
{
    private readonly ReportIdentity _identity = schema.Header.Identity;
    private readonly bool _hasErasureKey = schema.Find(IdentityFields.ErasureKeyName) is not null;

    /// <summary>The id that a report of now would carry and that is kept, or made of what is kept; null where none is.</summary>
    public async Task<string?> FindKeptAsync() => _identity.Kind switch
    {
        IdentityKind.Stable => await stable.FindKeptAsync().ConfigureAwait(false),
        IdentityKind.Rotating => await secret.FindKeptAsync().ConfigureAwait(false) is { } kept
            ? RotatingId.Of(kept, schema.Header.Product, PeriodOf(time.GetUtcNow()))
            : null,
        _ => null,
    };

    /// <summary>Who a report of now comes from; null where the host cannot say which id it had.</summary>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    public async Task<Sender?> FindAsync(ConsentDecision decision, CancellationToken cancellationToken)
    {
        if (IsWithoutId())
        {
            string nonce = RandomNumberGenerator.GetHexString(IdentityFields.NonceLength, lowercase: true);
            return await DescribeAsync(null, null, IdOrigin.Drawn, nonce, decision).ConfigureAwait(false);
        }

        InstallationId? id = null;
        if (_identity.Kind == IdentityKind.Stable)
        {
            id = await stable.FindAsync(cancellationToken).ConfigureAwait(false);
            if (id is null)
            {
                return null;
            }
        }

        (string? Secret, IdOrigin Origin) local = id is null || _hasErasureKey
            ? await secret.FindAsync().ConfigureAwait(false)
            : (null, IdOrigin.Drawn);
        return await DescribeAsync(id, local.Secret, local.Origin, null, decision).ConfigureAwait(false);
    }

    /// <summary>Keeps what a report was made of that the person said yes to.</summary>
    public async Task<KeepResult> KeepAsync(Sender sender, ConsentDecision decision)
    {
        InstallationId? stableId = _identity.Kind == IdentityKind.Stable ? sender.Id : null;
        Sender now = await DescribeAsync(stableId, sender.Secret, sender.SecretOrigin, sender.Nonce, decision).ConfigureAwait(false);
        if (!now.IsSameAs(sender))
        {
            // Its period ended while the question stood, or another process reported.
            return KeepResult.AnotherIsKept;
        }

        if (sender.Id is { Origin: not IdOrigin.Kept } && !place.Lasts())
        {
            return KeepResult.NoPlace;
        }

        KeepResult kept = stableId is null ? KeepResult.Kept : await stable.KeepAsync(stableId).ConfigureAwait(false);
        return kept == KeepResult.Kept && sender.Secret is not null
            ? await secret.KeepAsync(sender.Secret, sender.SecretOrigin).ConfigureAwait(false)
            : kept;
    }

    /// <summary>
    /// Whether a report that was composed at that time, and carries that id, can be sent now: within the window it is known
    /// again, and one with a rotating id within its period only. It belongs to that, also where it was not received.
    /// </summary>
    public async Task<bool> CanSendAsync(string? id, DateTimeOffset composed)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isTimely = id is not null && _identity.Kind == IdentityKind.Rotating
            ? PeriodOf(composed) == PeriodOf(now)
            : now - composed < TimeSpan.FromDays(schema.Header.WindowDays);
        return isTimely && (id is null || id == await FindKeptAsync().ConfigureAwait(false));
    }

    /// <summary>From when on another report is accepted after one of that time: after the window, or in the next period.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at) =>
        _identity.Kind == IdentityKind.Rotating ? ReportPeriod.EndOf(_identity.Rotates, at)
        : at > DateTimeOffset.MaxValue.AddDays(-schema.Header.WindowDays) ? DateTimeOffset.MaxValue
        : at.AddDays(schema.Header.WindowDays);

    /// <summary>
    /// What proves whose reports were sent, as far as that is kept: of one id that stays, or of that of each period in which
    /// something was sent, or can have been and is still stored. Null where that cannot be found out.
    /// </summary>
    /// <param name="sent">When reports were sent that are known of.</param>
    public async Task<IReadOnlyList<InstallationProof>?> FindProofsAsync(IReadOnlyList<DateTimeOffset> sent)
    {
        if (!_hasErasureKey)
        {
            return [];
        }

        if (await secret.TryFindKeptAsync().ConfigureAwait(false) is not (true, var kept))
        {
            return null;
        }

        if (kept is not { } local)
        {
            return [];
        }

        string product = schema.Header.Product;
        if (_identity.Kind != IdentityKind.Rotating)
        {
            return await stable.TryFindKeptAsync().ConfigureAwait(false) switch
            {
                (false, _) => null,
                (_, { } id) => [new InstallationProof(product, id, local)],
                _ => [],
            };
        }

        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<DateTimeOffset> recent = Enumerable.Range(0, ClientLimits.WeeksStored).Select(ago => now.AddDays(-7 * ago));
        return
        [
            .. sent.Concat(recent).Select(PeriodOf).Distinct().Select(period => new InstallationProof(
                product,
                RotatingId.Of(local, product, period),
                Convert.ToHexStringLower(RotatingId.ErasureSecretOf(local, period)))),
        ];
    }

    /// <summary>Forgets all of it; false where that is not possible.</summary>
    public async Task<bool> TryForgetAsync() =>
        await stable.TryForgetAsync().ConfigureAwait(false)
        & await secret.TryForgetAsync().ConfigureAwait(false)
        & await last.TryForgetAsync().ConfigureAwait(false);

    private bool IsWithoutId() => _identity.Kind == IdentityKind.None || (schema.AllowsNoId && !place.Lasts());

    private string PeriodOf(DateTimeOffset at) => ReportPeriod.Of(_identity.Rotates, at);

    private async Task<Sender> DescribeAsync(
        InstallationId? stableId, string? local, IdOrigin origin, string? nonce, ConsentDecision decision)
    {
        DateTimeOffset now = time.GetUtcNow();
        string period = PeriodOf(now);
        bool rotates = nonce is null && _identity.Kind == IdentityKind.Rotating;
        InstallationId? id = rotates
            ? new InstallationId(RotatingId.Of(local!, schema.Header.Product, period), origin)
            : stableId;
        bool isEphemeral = nonce is not null && schema.Find(IdentityFields.EphemeralName) is not null && !place.Lasts();
        DateTimeOffset? before = await last.FindAsync().ConfigureAwait(false);
        Dictionary<string, JsonNode> fields = [];
        Put(IdentityFields.PeriodName, rotates ? period : null);
        Put(IdentityFields.NonceName, nonce);
        Put(IdentityFields.EphemeralName, isEphemeral ? JsonValue.Create(true) : null);
        Put(IdentityFields.ErasureKeyName, local is null ? null : ErasureKeyOf(local, rotates ? period : null));
        if (!isEphemeral)
        {
            // Where nothing lasts, each would be the first.
            Put(IdentityFields.FirstReportName, before is null);
            Put(IdentityFields.FirstEverName, before is null);
            Put(IdentityFields.FirstInWeekName, IsFirstIn(RotationPeriod.Week));
            Put(IdentityFields.FirstInMonthName, IsFirstIn(RotationPeriod.Month));
        }

        return new Sender(id, local, origin, nonce, fields);

        bool IsFirstIn(RotationPeriod length) =>
            before is not { } at || ReportPeriod.Of(length, at) != ReportPeriod.Of(length, now);

        void Put(string name, JsonNode? value)
        {
            if (value is not null
                && schema.Find(name) is { } field
                && (IdentityRules.IsPartOfTheId(field) || decision.Allows(field)))
            {
                fields.Add(name, value);
            }
        }
    }

    private static string ErasureKeyOf(string local, string? period) => Convert.ToHexStringLower(SHA256.HashData(
        period is null ? Convert.FromHexString(local) : RotatingId.ErasureSecretOf(local, period)));
}
