namespace UsageReporting;

/// <summary>What a person is asked with a preview.</summary>
public enum ConsentQuestion
{
    /// <summary>Nothing: the person agreed to reports like this before.</summary>
    None,

    /// <summary>Whether this report may be sent.</summary>
    ThisReport,

    /// <summary>Whether this report may be sent, and later ones like it.</summary>
    ThisAndLater,
}
