using System.Text;
using System.Text.Json;

namespace UsageReporting.Server.Validation;

/// <summary>
/// Walks through the JSON of one report: every name is unescaped and unique in its object, declared members are read
/// into the report, all others are passed over. A mistake does not end the walk, so that all of them are found; only
/// what cannot be understood any further does.
/// </summary>
internal ref struct ReportReader
{
    private readonly Report _report;
    private readonly ReportErrors _errors = new();
    private readonly Span<bool> _named;
    private SeenNames _others;
    private Utf8JsonReader _json;
    private int _objects;

    private ReportReader(ReadOnlySpan<byte> body, Span<bool> named, Report report)
    {
        _report = report;
        _named = named;
        _others = new SeenNames(report);
        _json = new Utf8JsonReader(body);
    }

    /// <summary>Fills the report and says what is wrong with it.</summary>
    /// <param name="body">The report's bytes.</param>
    /// <param name="root">What it may have.</param>
    /// <param name="named">Room to note which members it has named, all false.</param>
    /// <param name="report">Takes what is read.</param>
    public static ReportErrors Read(ReadOnlySpan<byte> body, ReportMember root, Span<bool> named, Report report)
    {
        ReportReader reader = new(body, named, report);
        try
        {
            return reader.TryReadReport(root) is { } mistake ? ReportErrors.Of(mistake) : reader._errors;
        }
        catch (JsonException)
        {
            return ReportErrors.Of(Expectations.NotJson);
        }
        finally
        {
            reader._others.Return();
        }
    }

    // Null, or the one mistake beside which others do not count, as not everything was read.
    private string? TryReadReport(ReportMember root)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Expectations.NotObject;
        }

        if (!TryReadObject(root))
        {
            return Expectations.TooDeep;
        }

        // Reads to the end of the body: anything but white space behind the object is not JSON.
        _json.Read();
        FindMissing(root);
        return null;
    }

    // The Try methods below are false where the report is nested too deep, which ends the walk.
    private bool TryReadObject(ReportMember? declared)
    {
        int owner = ++_objects;
        int expected = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            // A member in its place, as clients write them, needs neither a copy of its name nor a search.
            bool isRead = declared?.FindNext(ref _json, ref expected) is { } member
                ? TryReadNamed(member)
                : TryReadOther(declared, owner, ref expected);
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadOther(ReportMember? declared, int owner, ref int expected)
    {
        bool isText = JsonText.TryCopy(ref _json, _report, out Span<byte> text);
        FieldValue name = _report.KeepText(text.Length);
        if (isText && declared?.Find(text, ref expected) is { } member)
        {
            return TryReadNamed(member);
        }

        if (!isText)
        {
            _errors.Add(ReportErrors.WholeReport, Expectations.NotUnicode);
        }
        else if (!_others.Add(owner, name))
        {
            _errors.Add(ReportErrors.WholeReport, Expectations.UnknownRepeated);
        }

        _json.Read();
        return TrySkipUnknown(declared, name);
    }

    private bool TryReadNamed(ReportMember member)
    {
        if (_named[member.Slot])
        {
            _errors.Add(member.Path, Expectations.Repeated);
        }

        _named[member.Slot] = true;
        _json.Read();
        return TryReadMember(member);
    }

    private bool TrySkipUnknown(ReportMember? declared, FieldValue name)
    {
        // Members of an unknown field are part of it.
        if (declared is not null)
        {
            _report.CountUnknownField();
        }

        if (declared?.FindMisspelt(_report.Text(name)) is { } meant)
        {
            _errors.Add(meant.Path, Expectations.Misspelt);
        }

        return TrySkipValue();
    }

    private bool TryReadMember(ReportMember member)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            _errors.Add(member.Path, Expectations.NotNull);
            return true;
        }

        if (member.IsObject && _json.TokenType == JsonTokenType.StartObject)
        {
            return !IsTooDeep && TryReadObject(member);
        }

        if (member.Field is SetField or CountsField or VersionsField)
        {
            return TryReadEntries(member, member.Field);
        }

        if (!member.IsObject && ScalarReader.TryRead(ref _json, member, _report, out FieldValue value))
        {
            _report[member.Slot] = value;
            return true;
        }

        _errors.Add(member.Path, member.Expectation);
        return TrySkipNested();
    }

    private bool TryReadEntries(ReportMember member, UsageField field)
    {
        (JsonTokenType start, JsonTokenType end) = field is SetField
            ? (JsonTokenType.StartArray, JsonTokenType.EndArray)
            : (JsonTokenType.StartObject, JsonTokenType.EndObject);
        if (_json.TokenType != start)
        {
            _errors.Add(member.Path, member.Expectation);
            return TrySkipNested();
        }

        if (IsTooDeep)
        {
            return false;
        }

        int first = _report.Entries.Length;
        while (_json.Read() && _json.TokenType != end)
        {
            bool isWord = TryReadWord(field, first, out string? word);
            if (end == JsonTokenType.EndObject)
            {
                _json.Read();
            }

            if (isWord && TryReadEntryValue(field, out FieldValue value))
            {
                _report.Add(new ReportEntry(member.Slot, word!, value));
                continue;
            }

            _errors.Add(member.Path, member.Expectation);
            if (!TrySkipNested())
            {
                return false;
            }
        }

        _report[member.Slot] = FieldValue.OfNumber(_report.Entries.Length - first);
        return true;
    }

    // The words of a value are few and the vocabulary's own strings, so that looking at each is quick.
    private readonly bool IsNew(string word, int first)
    {
        foreach (ReportEntry entry in _report.Entries[first..])
        {
            if (ReferenceEquals(entry.Word, word))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadWord(UsageField field, int first, out string? word)
    {
        word = null;
        if (_json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
            || !JsonText.TryCopy(ref _json, _report, out Span<byte> text)
            || text.Length > ServerLimits.TextLength)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[ServerLimits.TextLength];
        ReadOnlySpan<char> name = buffer[..Encoding.UTF8.GetChars(text, buffer)];
        word = field switch
        {
            SetField set => set.Words.Find(name),
            CountsField counts => counts.Words.Find(name),
            VersionsField versions => versions.Words.Find(name),
            _ => null,
        };
        return word is not null && IsNew(word, first) && _report.Entries.Length - first < ServerLimits.Entries;
    }

    private bool TryReadEntryValue(UsageField field, out FieldValue value)
    {
        value = default;
        return field switch
        {
            CountsField counts => ScalarReader.TryReadNumber(ref _json, out value) && counts.Allows(value.Number),
            VersionsField => ScalarReader.TryReadText(ref _json, field, _report, out value),
            _ => true,
        };
    }

    private bool TrySkipValue()
    {
        if (_json.TokenType == JsonTokenType.String && !JsonText.TryCopy(ref _json, _report, out _))
        {
            _errors.Add(ReportErrors.WholeReport, Expectations.NotUnicode);
        }

        return TrySkipNested();
    }

    private bool TrySkipNested() => _json.TokenType switch
    {
        JsonTokenType.StartObject => !IsTooDeep && TryReadObject(declared: null),
        JsonTokenType.StartArray => !IsTooDeep && TrySkipArray(),
        _ => true,
    };

    private bool TrySkipArray()
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (!TrySkipValue())
            {
                return false;
            }
        }

        return true;
    }

    // Asked at the beginning of an object or array, where the reader counts what is around it.
    private readonly bool IsTooDeep => _json.CurrentDepth >= ServerLimits.Depth;

    private readonly void FindMissing(ReportMember parent)
    {
        foreach (ReportMember member in parent.Members)
        {
            if (member.IsObject)
            {
                FindMissing(member);
            }
            else if (member.IsRequired && !_report[member.Slot].IsPresent && !_errors.Has(member.Path))
            {
                _errors.Add(member.Path, Expectations.Missing);
            }
        }
    }
}
