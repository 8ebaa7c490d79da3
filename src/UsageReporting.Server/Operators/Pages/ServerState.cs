namespace UsageReporting.Server.Operators.Pages;

/// <summary>How it stands with the server: what its operator sees first.</summary>
internal sealed record ServerState
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>From when on requests are counted.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether a report could be stored just now, within a moment.</summary>
    public required bool CanStore { get; init; }

    /// <summary>Writes that wait for their transaction.</summary>
    public required int Waiting { get; init; }

    /// <summary>The bytes of the database; null where it cannot be read.</summary>
    public required long? DatabaseBytes { get; init; }

    public required IReadOnlyList<ProductState> Products { get; init; }

    /// <summary>The keys, and when each of the folder was last used, since the server started; null where the folder cannot be read.</summary>
    public required IReadOnlyList<(UsageKey Key, DateTimeOffset? Used)>? Keys { get; init; }

    /// <summary>When this server last looked which numbers are due.</summary>
    public required DateTimeOffset? RolledUp { get; init; }

    /// <summary>When it last deleted what had been kept long enough.</summary>
    public required DateTimeOffset? Deleted { get; init; }

    /// <summary>The first day whose reports are kept.</summary>
    public required DateOnly KeptSince { get; init; }

    /// <summary>What operators did last; null where the file cannot be read.</summary>
    public required IReadOnlyList<AuditEntry>? Audits { get; init; }
}
