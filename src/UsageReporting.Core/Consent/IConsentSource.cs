namespace UsageReporting.Core.Consent;

/// <summary>One of the places that can say off. What it says may change while the application runs.</summary>
internal interface IConsentSource
{
    /// <summary>What it looks at, as a person can find it: files and variables.</summary>
    IReadOnlyList<string> Places { get; }

    /// <summary>What it says, or null where this source does not object.</summary>
    ConsentObjection? Objection();
}
