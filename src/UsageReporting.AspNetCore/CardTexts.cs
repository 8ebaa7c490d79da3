using System.Resources;

namespace UsageReporting.AspNetCore;

/// <summary>The package's own texts.</summary>
internal static class CardTexts
{
    private static readonly ResourceManager Resources = new(typeof(CardTexts));

    /// <summary>A text, the host's own where it has one.</summary>
    public static string Get(this UsageTexts texts, string name, params ReadOnlySpan<object?> values) =>
        texts.Get(Resources, name, values);
}
