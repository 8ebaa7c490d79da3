using System.Buffers;
using System.Text.Json;

namespace UsageReporting.Server.Downloads;

/// <summary>
/// Reads the entries of a notification as it comes, for as long as they can be read, and keeps nothing else of it. An entry
/// that is none is left out; where the JSON itself breaks off or is broken, what stood before that is what there is.
/// </summary>
internal sealed class NotificationReader
{
    // Where in the JSON entries and their members stand: {"downloads":[{"name":…
    private const int MemberDepth = 1;
    private const int EntryDepth = 2;
    private const int TextDepth = 3;

    private readonly List<NotifiedInstall> _installs = [];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = ServerLimits.NotificationDepth });
    private bool _areEntries;
    private bool _isName;
    private bool _isVersion;
    private string _package = "";
    private string _version = "";
    private int _text;
    private bool _isDone;

    /// <summary>The well-formed entries among the first hundred.</summary>
    public IReadOnlyList<NotifiedInstall> Installs => _installs;

    /// <summary>How many of the first hundred are none.</summary>
    public int Malformed { get; private set; }

    /// <summary>Reads what has come so far.</summary>
    /// <returns>Where what has to come again with the next bytes begins.</returns>
    public SequencePosition Read(ReadOnlySequence<byte> bytes)
    {
        if (_isDone)
        {
            return bytes.End;
        }

        Utf8JsonReader json = new(bytes, isFinalBlock: false, _state);
        try
        {
            while (!_isDone && json.Read())
            {
                Take(ref json);
            }
        }
        catch (JsonException)
        {
            // As far as it goes.
            _isDone = true;
        }

        _state = json.CurrentState;
        _isDone |= bytes.Length - json.BytesConsumed >= ServerLimits.NotificationToken;
        return _isDone ? bytes.End : json.Position;
    }

    private void Take(ref Utf8JsonReader json)
    {
        switch (json.CurrentDepth, json.TokenType)
        {
            case (MemberDepth, JsonTokenType.PropertyName):
                _areEntries = IsNamed(ref json, "downloads"u8);
                break;
            case (MemberDepth, JsonTokenType.StartObject):
                _areEntries = false;
                break;
            case (EntryDepth, not (JsonTokenType.StartObject or JsonTokenType.StartArray)) when _areEntries:
                EndEntry();
                break;
            case (TextDepth, JsonTokenType.PropertyName) when _areEntries:
                _isName = IsNamed(ref json, "name"u8);
                _isVersion = IsNamed(ref json, "version"u8);
                break;
            case (TextDepth, _) when _areEntries:
                _package = _isName ? Text(ref json) : _package;
                _version = _isVersion ? Text(ref json) : _version;
                break;
        }
    }

    private void EndEntry()
    {
        if (PackageName.IsName(_package) && PackageName.IsVersion(_version))
        {
            _installs.Add(new NotifiedInstall(_package, _version));
            _text += _package.Length + _version.Length;
        }
        else
        {
            Malformed++;
        }

        (_package, _version) = ("", "");
        (_isName, _isVersion) = (false, false);
        _isDone = _installs.Count + Malformed == ServerLimits.NotificationEntries || _text >= ServerLimits.NotificationText;
    }

    // As it is written: nobody escapes these, and half a pair of surrogates in a name would be an exception.
    private static bool IsNamed(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.HasValueSequence
            ? json.ValueSequence.Length == name.Length && name.SequenceEqual(json.ValueSequence.ToArray())
            : name.SequenceEqual(json.ValueSpan);

    private static string Text(ref Utf8JsonReader json)
    {
        long length = json.HasValueSequence ? json.ValueSequence.Length : json.ValueSpan.Length;
        // At its longest, a character is six bytes of escape; nothing longer can be a name.
        if (json.TokenType != JsonTokenType.String || length > 6 * ServerLimits.PackageText)
        {
            return "";
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // No Unicode, or half a pair of surrogates: a mistake of this entry only.
            return "";
        }
    }
}
