namespace UsageReporting;

/// <summary>What a person chose for the future.</summary>
public enum ConsentChoice
{
    /// <summary>Nothing is collected and nothing is sent, and nobody is asked again.</summary>
    No,

    /// <summary>Reports may be sent without asking, as long as they hold and go where was agreed to.</summary>
    Yes,

    /// <summary>What is reported may be collected here and looked at; nothing is sent.</summary>
    Local,
}
