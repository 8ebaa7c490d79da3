using System.Globalization;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage view --everyone</c>: the next report beside the published numbers of all that report.</summary>
internal static class ViewEveryone
{
    private const string Indent = "    ";

    public static async Task<int> RunAsync(UsageAction action, bool isJson, CancellationToken cancellationToken)
    {
        UsageComparison comparison = await action.Reporter.CompareAsync(cancellationToken).ConfigureAwait(false);
        string? trouble = comparison is UsageComparison.Unreachable(var address, var reason)
            ? action.Texts.Get("EveryoneNoAnswer", address, reason)
            : null;
        if (trouble is not null)
        {
            await action.Error.WriteLineAsync(trouble).ConfigureAwait(false);
        }
        else if (isJson)
        {
            await JsonOutput.WriteAsync(
                action, comparison is UsageComparison.Compared compared ? Json(compared) : new JsonObject { ["lines"] = Lines(comparison, action) })
                .ConfigureAwait(false);
        }
        else
        {
            await OutcomeLines.WriteAsync(
                action.Output, comparison is UsageComparison.Compared compared ? Lines(compared, action) : Reasons(comparison, action))
                .ConfigureAwait(false);
        }

        return trouble is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static JsonArray Lines(UsageComparison comparison, UsageAction action) =>
        new([.. Reasons(comparison, action).Select(line => JsonValue.Create(line))]);

    // Why there is nothing to compare.
    private static IEnumerable<string> Reasons(UsageComparison comparison, UsageAction action) => comparison switch
    {
        UsageComparison.NotAsked(ReportOutcome.SwitchedOff(var because)) => [action.Texts.Get("EveryoneOff", because)],
        UsageComparison.NotAsked(var outcome) => action.Reporter.Describe(outcome),
        UsageComparison.NothingYet(var address) => [action.Texts.Get("EveryoneNothingYet", address)],
        _ => [action.Texts.Get("EveryoneNobody")],
    };

    private static IEnumerable<string> Lines(UsageComparison.Compared compared, UsageAction action) =>
    [
        action.Texts.Get("EveryoneTitle", Number(compared.Installs), compared.Window),
        .. compared.IsOld ? [action.Texts.Get("EveryoneOld", DateField.Write(compared.Made))] : Array.Empty<string>(),
        "",
        .. compared.Values.SelectMany(value => Lines(value, action)),
        "",
        action.Texts.Get("EveryoneOfThose"),
        action.Texts.Get("EveryoneFrom", compared.Address),
    ];

    private static IEnumerable<string> Lines(ComparedValue value, UsageAction action)
    {
        UsageTexts texts = action.Texts;
        yield return $"{LabelOf(value.Field, action)}: {value.Value}";
        if (!value.IsPublished)
        {
            yield return Indent + texts.Get("EveryoneNotPublished");
        }

        if (value.Same is { } same)
        {
            string text = value switch
            {
                { Field: CountsField } => "EveryoneHave",
                { Field: DateField } => "EveryoneSameMonth",
                _ => "EveryoneSame",
            };
            yield return Indent + texts.Get(text, Number(same.Installs), Share(same, texts));
        }

        if (value.Others is { } others)
        {
            yield return Indent + texts.Get("EveryoneOthers", Number(others.Installs), Share(others, texts));
        }

        if (value is { Below: { } below, Above: { } above })
        {
            yield return Indent + texts.Get("EveryoneRange", Percent(below), Percent(above));
        }

        if (value.Quartiles is { } quartiles)
        {
            yield return Indent + texts.Get("EveryoneQuartiles", Number(quartiles.Lower), Number(quartiles.Median), Number(quartiles.Upper));
        }
    }

    // A detail's label follows another value.
    private static string LabelOf(UsageField field, UsageAction action) => action.Reporter.Schema.Find(field.DetailOf ?? "") is { } other
        ? $"{action.Texts.Label(other)}, {action.Texts.Label(field)}"
        : action.Texts.Label(field);

    private static string Share(PublishedShare share, UsageTexts texts) => share.Interval is { } interval
        ? texts.Get("EveryoneInterval", Percent(share.Share), Percent(interval.Lower), Percent(interval.Upper))
        : texts.Get("EveryoneShare", Percent(share.Share));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static JsonObject Json(UsageComparison.Compared compared) => new()
    {
        ["numbers_of"] = compared.Address,
        ["window"] = compared.Window,
        ["as_of"] = DateField.Write(compared.Made),
        ["installs"] = compared.Installs,
        ["values"] = new JsonArray([.. compared.Values.Select(Json)]),
    };

    private static JsonObject Json(ComparedValue value) => new()
    {
        ["field"] = value.Field.Name,
        ["value"] = value.Value,
        ["same"] = Json(value.Same),
        ["others"] = Json(value.Others),
        ["below"] = value.Below,
        ["above"] = value.Above,
        ["quartiles"] = value.Quartiles is { } quartiles
            ? new JsonObject
            {
                ["installs"] = quartiles.Installs,
                ["lower"] = quartiles.Lower,
                ["median"] = quartiles.Median,
                ["upper"] = quartiles.Upper,
            }
            : null,
    };

    private static JsonObject? Json(PublishedShare? share) => share is null ? null : new JsonObject
    {
        ["installs"] = share.Installs,
        ["share"] = share.Share,
        ["interval"] = share.Interval is { } interval ? new JsonArray(interval.Lower, interval.Upper) : null,
    };
}
