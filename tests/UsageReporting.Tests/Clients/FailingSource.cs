using UsageReporting.Core.Consent;

namespace UsageReporting.Tests.Clients;

/// <summary>A source that cannot be asked, as of a mistake.</summary>
internal sealed class FailingSource : IConsentSource
{
    public bool Fails { get; set; }

    public IReadOnlyList<string> Places => [];

    public ConsentObjection? Objection() => Fails ? throw new InvalidOperationException("mine") : null;
}
