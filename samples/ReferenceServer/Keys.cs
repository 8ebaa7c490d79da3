using System.Globalization;
using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>The verb <c>keys</c>: adds, lists and revokes the keys of products, beside a server that runs or without one.</summary>
internal static class Keys
{
    private const string Time = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly string[] Options = ["--scopes=", "--not-before=", "--expires=", "--note="];

    /// <summary>
    /// Whether an argument is an option of <see cref="Add"/>, or one of the settings, which have a colon in their names. One that is
    /// misspelt would make a key that opens more, or for longer, than was meant.
    /// </summary>
    public static bool Knows(string option) =>
        Array.Exists(Options, known => option.StartsWith(known, StringComparison.Ordinal))
        || (option.StartsWith("--", StringComparison.Ordinal) && option.Split('=', 2) is [var name, _] && name.Contains(':'));

    /// <summary>Makes a key and prints it: it is kept nowhere.</summary>
    public static void Add(UsageKeys keys, ServerSettings settings, string product, IConfiguration options)
    {
        if (product != UsageKey.EveryProduct && !settings.Products.Exists(known => known.Name == product))
        {
            throw new ArgumentException($"There is no product \"{product}\".");
        }

        (UsageKey key, string text) = keys.Add(
            product, Scopes(options["scopes"]), At(options["not-before"]), At(options["expires"]), options["note"] ?? "");
        Console.WriteLine(text);
        Console.Error.WriteLine($"This is shown once. {Line(key)}");
    }

    public static void List(UsageKeys keys)
    {
        foreach (UsageKey key in keys.List())
        {
            Console.WriteLine(Line(key));
        }
    }

    public static void Revoke(UsageKeys keys, string id)
    {
        if (!keys.Revoke(id))
        {
            throw new ArgumentException($"There is no key {id}.");
        }

        Console.WriteLine($"{id} opens nothing any more.");
    }

    private static UsageKeyScopes Scopes(string? names)
    {
        UsageKeyScopes scopes = UsageKeyScopes.None;
        foreach (string name in (names ?? "report").Split(',', StringSplitOptions.TrimEntries))
        {
            scopes |= name switch
            {
                "report" => UsageKeyScopes.Report,
                "read" => UsageKeyScopes.Read,
                "admin" => UsageKeyScopes.Admin,
                _ => throw new ArgumentException($"\"{name}\" is no scope: report, read, admin."),
            };
        }

        return scopes;
    }

    private static DateTimeOffset? At(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : throw new ArgumentException($"\"{text}\" is no time, such as 2026-12-01 or 2026-12-01T12:00:00Z.");

    private static string Line(UsageKey key)
    {
        string scopes = key.Scopes.ToString().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        return string.Concat(
            $"{key.Id} {key.Product} {scopes}",
            Told("from", key.NotBefore),
            Told("until", key.Expires),
            Told("revoked", key.Revoked),
            key.Note.Length == 0 ? "" : $" \"{key.Note}\"");
    }

    private static string Told(string word, DateTimeOffset? time) =>
        time is { } at ? $" {word} {at.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}" : "";
}
