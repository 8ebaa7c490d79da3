namespace UsageReporting.AspNetCore;

/// <summary>A yes, as <c>POST opt-in</c> takes it.</summary>
/// <param name="Terms">What the person was shown, as <c>status</c> and <c>preview</c> name it.</param>
/// <param name="Level"><c>basic</c>, <c>middle</c> or <c>full</c>, which it is unless said otherwise.</param>
/// <param name="Days">For how many days; for ever unless said otherwise.</param>
internal sealed record OptInRequest(string Terms, string? Level = null, int? Days = null)
{
    /// <summary>A decade: what a person who means more says nothing of.</summary>
    public const int MostDays = 3_660;

    public TimeSpan? Lasting => Days is { } days ? TimeSpan.FromDays(days) : null;
}
