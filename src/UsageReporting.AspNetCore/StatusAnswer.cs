namespace UsageReporting.AspNetCore;

/// <summary>How reporting stands, as <c>GET status</c> says it.</summary>
/// <param name="State"><c>off</c>, <c>ask</c>, <c>local</c> or <c>on</c>.</param>
/// <param name="Level">Up to which level.</param>
/// <param name="Because">What decided.</param>
/// <param name="IsFixed">Whether a switch, a policy or a file decided, so that no choice switches it on.</param>
/// <param name="Since">When the person chose.</param>
/// <param name="Until">When their yes ends.</param>
/// <param name="InstallationId">The id that is kept; none is drawn before the first yes.</param>
/// <param name="Identity">What an id of this kind is called: anonymous, rotating or pseudonymous.</param>
/// <param name="Operator">Who receives the reports.</param>
/// <param name="Destinations">Where they go.</param>
/// <param name="Levels">The levels that a person can choose from.</param>
/// <param name="LastSent">When the latest report was agreed to that was accepted.</param>
/// <param name="LastAnswer">What was answered to it: accepted, or accepted without a confirmation that it was stored.</param>
/// <param name="NextDue">From when on the next one may be sent.</param>
/// <param name="Unanswered">Whether a report was sent whose answer never came.</param>
/// <param name="Terms">The name of what a yes would be one to, for <c>POST opt-in</c>.</param>
internal sealed record StatusAnswer(
    string State,
    string Level,
    string Because,
    bool IsFixed,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    string? InstallationId,
    string Identity,
    string Operator,
    IReadOnlyList<string> Destinations,
    IReadOnlyList<string> Levels,
    DateTimeOffset? LastSent,
    string? LastAnswer,
    DateTimeOffset? NextDue,
    bool Unanswered,
    string Terms)
{
    public static async Task<StatusAnswer> OfAsync(UsageReporter reporter)
    {
        UsageDetails details = await reporter.GetDetailsAsync();
        SchemaHeader header = reporter.Schema.Header;
        return new StatusAnswer(
            NameOf(details.Status.Decision.State),
            NameOf(details.Status.Decision.Level),
            details.Status.Decision.Because,
            details.Status.Decision.IsFixed,
            details.Since,
            details.Until,
            details.Status.InstallationId,
            reporter.Texts.Kind(header.Identity.Kind),
            header.Operator ?? header.Product,
            details.Status.Destinations,
            [.. reporter.Schema.Fields.Select(field => field.Level).Distinct().Order().Select(NameOf)],
            details.LastSent?.At,
            details.LastSent?.Answer,
            details.NextDue,
            details.Status.IsWaiting,
            ShownTerms.Of(reporter));
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
