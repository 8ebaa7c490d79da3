using System.Globalization;
using Microsoft.Extensions.Configuration;
using UsageReporting.Core;
using UsageReporting.Core.Machine;

namespace UsageReporting;

/// <summary>
/// What whoever runs the application has set for its reports, in the section <c>UsageReporting</c> of its configuration or,
/// stronger, in the environment: <c>{APP}_USAGE_REPORTING_ENDPOINT</c> and so on. It takes the place of what the application
/// itself has set, for whoever writes a sink too. Where one of them is set wrongly reporting is off, and none is used half.
/// </summary>
public sealed class OperatorSettings
{
    private readonly List<string> _names = [];
    private readonly List<(string Text, object?[] Values)> _mistakes = [];
    private readonly IMachine _machine;
    private readonly string _prefix;
    private readonly IConfiguration? _configuration;

    internal OperatorSettings(IMachine machine, string prefix, IConfiguration? configuration)
    {
        _machine = machine;
        _prefix = prefix;
        _configuration = configuration;
        Endpoint = Read("ENDPOINT", "Endpoint") is { } endpoint
            ? Uri.TryCreate(endpoint.Text, UriKind.Absolute, out Uri? address) && IsEndpoint(address)
                ? address
                : Refuse<Uri>("BecauseNoEndpoint", endpoint.Name)
            : null;
        ApiKey = Read("API_KEY", "ApiKey") is { } key
            ? IsKey(key.Text) ? key.Text : Refuse<string>("BecauseNoKey", key.Name)
            : null;
        TimeoutSeconds = ReadNumber("TIMEOUT", "Timeout", ClientLimits.LeastTimeout, ClientLimits.MostTimeout);
        RetryCount = ReadNumber("RETRY_COUNT", "RetryCount", 0, ClientLimits.MostRetries);
        IntervalDays = ReadNumber("SUBMISSION_INTERVAL_DAYS", "SubmissionIntervalDays", 1, ClientLimits.MostIntervalDays);
    }

    /// <summary>The address that takes reports, in the place of each that the application has; null where none is set.</summary>
    public Uri? Endpoint { get; }

    /// <summary>The key that the endpoint asks for; null where none is set.</summary>
    public string? ApiKey { get; }

    /// <summary>How many seconds an attempt may take, 5 to 60; null where none is set.</summary>
    public int? TimeoutSeconds { get; }

    /// <summary>How often a scheduled report is tried again within a minute, 0 to 10; null where none is set.</summary>
    public int? RetryCount { get; }

    /// <summary>Days from one scheduled report to the next, 1 to 30; null where none is set.</summary>
    public int? IntervalDays { get; }

    /// <summary>What is set, as it is spelt there.</summary>
    internal IReadOnlyList<string> Names => _names;

    /// <summary>What is set wrongly: the name of a text, and what is filled in; never what it is set to, which may be a key.</summary>
    internal IReadOnlyList<(string Text, object?[] Values)> Mistakes => _mistakes;

    /// <summary>Whether reports may go there: <c>https</c>, or <c>http</c> to this machine only, without a name or a password.</summary>
    /// <param name="address">An absolute address.</param>
    public static bool IsEndpoint(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is { UserInfo.Length: 0 } and ({ Scheme: "https" } or { Scheme: "http", IsLoopback: true });
    }

    /// <summary>Whether a text can be a key: up to 256 visible ASCII characters.</summary>
    /// <param name="text">The text.</param>
    public static bool IsKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= 256 && text.All(c => c is > ' ' and <= '~');
    }

    private (string Name, string Text)? Read(string variable, string key)
    {
        string name = $"{_prefix}_{variable}";
        string? text = _machine.Variable(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            name = $"UsageReporting:{key}";
            text = _configuration?[name];
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        _names.Add(name);
        return (name, text.Trim());
    }

    private int? ReadNumber(string variable, string key, int least, int most)
    {
        if (Read(variable, key) is not { } set)
        {
            return null;
        }

        if (int.TryParse(set.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most)
        {
            return number;
        }

        _mistakes.Add(("BecauseNoNumber", [set.Name, least, most]));
        return null;
    }

    private T? Refuse<T>(string because, string name)
        where T : class
    {
        _mistakes.Add((because, [name]));
        return null;
    }
}
