using System.Text.Json;

namespace UsageReporting.Core.Schema;

/// <summary>The members of one JSON object, each asked for once; whatever is wrong or left over becomes a mistake.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes;

    public JsonMembers(JsonElement element, string path, List<string> mistakes)
    {
        Path = path;
        _mistakes = mistakes;
        if (element.ValueKind != JsonValueKind.Object)
        {
            AddMistake("must be an object");
            return;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            _members[member.Name] = member.Value;
        }
    }

    /// <summary>What mistakes call this object.</summary>
    public string Path { get; set; }

    public void AddMistake(string mistake) => _mistakes.Add($"{Path}: {mistake}.");

    public string? Text(string name) => Take(name, isRequired: true, JsonValueKind.String)?.GetString();

    public string? OptionalText(string name) => Take(name, isRequired: false, JsonValueKind.String)?.GetString();

    public Uri? OptionalAddress(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
        {
            AddMistake($"{name} must be an absolute address");
        }

        return address;
    }

    public bool Flag(string name, bool absent) =>
        Take(name, isRequired: false, JsonValueKind.True, JsonValueKind.False)?.GetBoolean() ?? absent;

    public long Number(string name) => Number(name, isRequired: true) ?? 0;

    public long? OptionalNumber(string name) => Number(name, isRequired: false);

    public IReadOnlyList<long> Numbers(string name) =>
        [.. Items(name, isRequired: true).Select(item => Whole(item, name) ?? 0)];

    public string[] Words(string name) => [.. Items(name, isRequired: false).Select(item => Word(item, name))];

    public IReadOnlyList<string[]> WordLists(string name) =>
    [
        .. Items(name, isRequired: false).Select(
            list => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => Word(item, name))] : Array.Empty<string>()),
    ];

    public TEnum? Name<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        TEnum? value = SchemaNames.Find<TEnum>(text);
        if (value is null)
        {
            AddMistake($"{name} must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(SchemaNames.Of))}");
        }

        return value;
    }

    public JsonMembers Object(string name)
    {
        JsonElement? element = Take(name, isRequired: true, JsonValueKind.Object);
        return element is { } value ? new JsonMembers(value, name, _mistakes) : Empty(name);
    }

    public Dictionary<string, string[]> ReadAll(string name, string path)
    {
        if (Take(name, isRequired: false, JsonValueKind.Object) is not { } element)
        {
            return [];
        }

        JsonMembers members = new(element, path, _mistakes);
        return members._members.Keys.ToArray().ToDictionary(key => key, members.Words, StringComparer.Ordinal);
    }

    public IEnumerable<JsonElement> Items(string name, bool isRequired) =>
        Take(name, isRequired, JsonValueKind.Array) is { } array ? array.EnumerateArray() : [];

    /// <summary>Whatever nobody asked for is misspelt, or of a later version of this library.</summary>
    public void RefuseOthers()
    {
        foreach (string name in _members.Keys)
        {
            AddMistake($"does not know \"{name}\"");
        }
    }

    private JsonMembers Empty(string name) => new(JsonElement.Parse("{}"), name, _mistakes);

    private long? Number(string name, bool isRequired) =>
        Take(name, isRequired, JsonValueKind.Number) is { } element ? Whole(element, name) : null;

    private long? Whole(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value))
        {
            return value;
        }

        AddMistake($"{name} must be a whole number");
        return null;
    }

    private string Word(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString()!;
        }

        AddMistake($"{name} must hold strings");
        return "";
    }

    private JsonElement? Take(string name, bool isRequired, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (!_members.Remove(name, out JsonElement element))
        {
            if (isRequired)
            {
                AddMistake($"{name} is missing");
            }

            return null;
        }

        if (kinds.Contains(element.ValueKind))
        {
            return element;
        }

        AddMistake($"{name} must be {Spell(kinds[0])}");
        return null;
    }

    private static string Spell(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a whole number",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };
}
