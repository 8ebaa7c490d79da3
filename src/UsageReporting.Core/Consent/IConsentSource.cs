namespace UsageReporting.Core.Consent;

/// <summary>One of the places that can say off. What it says may change while the application runs.</summary>
internal interface IConsentSource
{
    /// <summary>What it says, or null where this source does not object.</summary>
    ConsentObjection? Objection();
}
