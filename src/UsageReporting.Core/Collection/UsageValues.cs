using System.Text.Json.Nodes;
using UsageReporting.Core;
using UsageReporting.Core.Schema;

namespace UsageReporting;

/// <summary>
/// The values of one collector. A value that does not fit its field's declaration is dropped and counted; it is never
/// sent. <see langword="null"/> means that there is nothing to report, and the field is left out.
/// </summary>
public sealed class UsageValues
{
    private readonly Lock _lock = new();
    private readonly HashSet<UsageField> _declared;
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
    private readonly List<(UsageField Field, LeftOutReason Reason, string Entry)> _leftOut = [];
    private bool _isClosed;

    internal UsageValues(IEnumerable<UsageField> declared) => _declared = [.. declared];

    /// <summary>Reports yes or no.</summary>
    /// <param name="field">A field that the collector declares.</param>
    /// <param name="value">The value, or null for none.</param>
    /// <exception cref="ArgumentException">The collector does not declare the field.</exception>
    public void Set(FlagField field, bool? value) => Put(field, value, v => JsonValue.Create(v!.Value));

    /// <summary>Reports a word; one that the vocabulary does not hold is dropped.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(WordField field, string? value) => Put(field, value, v => AsJson(field.Words.Find(v)));

    /// <summary>Reports the range of a count; the count itself stays here.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(BucketField field, long? value) => Put(field, value, v => AsJson(field.RangeOf(v!.Value)));

    /// <summary>Reports a number; one outside the bounds is dropped.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(CountField field, long? value) =>
        Put(field, value, v => field.Allows(v!.Value) ? JsonValue.Create(v.Value) : null);

    /// <summary>Reports a version.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(VersionField field, string? value) => Put(field, value, v => field.Allows(v) ? AsJson(v) : null);

    /// <summary>Reports an instant, in UTC and whole seconds.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(DateField field, DateTimeOffset? value) => Put(field, value, v => AsJson(DateField.Write(v!.Value)));

    /// <summary>Reports text that has the field's pattern and length.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(TextField field, string? value) => Put(field, value, v => field.Allows(v) ? AsJson(v) : null);

    /// <summary>Reports several words; those that the vocabulary does not hold are dropped.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(SetField field, IEnumerable<string>? value) => Put(field, value, words =>
    {
        // Only what the vocabulary holds is remembered: an endless source of other words must not fill the memory.
        HashSet<string> seen = new(StringComparer.Ordinal);
        IEnumerable<string> known = Fitting(
            field,
            words!.TakeWhile(_ => !IsClosed).Where(word => field.Words.Find(word) is not { } known || seen.Add(known)),
            word => field.Words.Find(word) is not null);
        return new JsonArray([.. known.Select(word => JsonValue.Create(word))]);
    });

    /// <summary>Reports a number for each word; a word or a number that does not fit is dropped.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(CountsField field, IEnumerable<KeyValuePair<string, long>>? value) => Put(field, value, counts =>
    {
        JsonObject members = [];
        foreach ((string word, long count) in Fitting(
            field, counts!, pair => field.Words.Find(pair.Key) is not null && field.Allows(pair.Value)))
        {
            members[word] = count;
        }

        return members;
    });

    /// <summary>Reports a version for each word; a word or a version that does not fit is dropped.</summary>
    /// <inheritdoc cref="Set(FlagField, bool?)"/>
    public void Set(VersionsField field, IEnumerable<KeyValuePair<string, string>>? value) => Put(field, value, versions =>
    {
        JsonObject members = [];
        foreach ((string word, string version) in Fitting(
            field, versions!, pair => field.Words.Find(pair.Key) is not null && field.Allows(pair.Value)))
        {
            members[word] = version;
        }

        return members;
    });

    /// <summary>Says what is left out of a field on purpose. The person is shown it beside the report; it is never sent.</summary>
    /// <param name="field">A field that the collector declares.</param>
    /// <param name="reason">Why.</param>
    /// <param name="entry">What, in a few words.</param>
    /// <exception cref="ArgumentException">The collector does not declare the field.</exception>
    public void LeaveOut(UsageField field, LeftOutReason reason, string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RefuseUndeclared(field);
        lock (_lock)
        {
            if (!_isClosed && _leftOut.Count < ClientLimits.LeftOutEntries)
            {
                _leftOut.Add((field, reason, entry));
            }
        }
    }

    /// <summary>What is left out on purpose, after <see cref="Close"/>.</summary>
    internal IEnumerable<LeftOutField> LeftOut => _leftOut.GroupBy(left => (left.Field, left.Reason)).Select(
        same => new LeftOutField(same.Key.Field, same.Key.Reason) { Entries = [.. same.Select(left => left.Entry)] });

    /// <summary>Takes no more values, so that a collector that is late changes nothing.</summary>
    internal (IReadOnlyDictionary<string, JsonNode> Values, IReadOnlyCollection<string> Dropped) Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return (_values, _dropped);
        }
    }

    private static JsonValue? AsJson(string? text) => text is null ? null : JsonValue.Create(text);

    // A value is turned into JSON, and so copied, before it is taken: what the collector does to it later changes nothing.
    private void Put<T>(UsageField field, T value, Func<T, JsonNode?> toJson)
    {
        RefuseUndeclared(field);
        JsonNode? json = value is null ? null : toJson(value);
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            // A set of which nothing fits is not an empty set.
            if (json is JsonArray { Count: 0 } or JsonObject { Count: 0 } && _dropped.Contains(field.Name))
            {
                json = null;
            }

            _values.Remove(field.Name);
            if (json is not null)
            {
                _values[field.Name] = json;
            }
            else if (value is not null)
            {
                _dropped.Add(field.Name);
            }
        }
    }

    private void RefuseUndeclared(UsageField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (!_declared.Contains(field))
        {
            throw new ArgumentException($"The collector sets \"{field.Name}\", which it does not declare.", nameof(field));
        }
    }

    private IEnumerable<T> Fitting<T>(UsageField field, IEnumerable<T> entries, Func<T, bool> fits)
    {
        int taken = 0;
        foreach (T entry in entries)
        {
            // A collector that was left behind may have an endless source.
            if (IsClosed)
            {
                yield break;
            }

            if (!fits(entry))
            {
                Drop(field);
                continue;
            }

            if (++taken > SchemaLimits.Entries)
            {
                Drop(field);
                yield break;
            }

            yield return entry;
        }
    }

    private bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _isClosed;
            }
        }
    }

    private void Drop(UsageField field)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _dropped.Add(field.Name);
            }
        }
    }
}
