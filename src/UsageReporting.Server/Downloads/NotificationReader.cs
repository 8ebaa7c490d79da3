using System.Text.Json;

namespace UsageReporting.Server.Downloads;

/// <summary>
/// Reads the entries of a notification for as long as they can be read. One that is none is left out; where the JSON
/// itself breaks off or is broken, what stood before that is what there is.
/// </summary>
internal static class NotificationReader
{
    // Depth is bounded by the size; an entry that is too deep would cost those behind it.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ServerLimits.NotificationBytes };

    /// <summary>The well-formed entries among the first hundred.</summary>
    /// <param name="body">The body, or the beginning of it.</param>
    /// <param name="malformed">How many entries are none.</param>
    public static List<NotifiedInstall> Read(ReadOnlySpan<byte> body, out int malformed)
    {
        List<NotifiedInstall> installs = [];
        malformed = 0;
        try
        {
            Utf8JsonReader json = new(body, isFinalBlock: true, new JsonReaderState(Options));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return installs;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isDownloads = IsNamed(ref json, "downloads"u8);
                json.Read();
                if (isDownloads && json.TokenType == JsonTokenType.StartArray)
                {
                    ReadEntries(ref json, installs, ref malformed);
                }
                else
                {
                    json.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // As far as it goes.
        }

        return installs;
    }

    private static void ReadEntries(ref Utf8JsonReader json, List<NotifiedInstall> installs, ref int malformed)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (installs.Count + malformed == ServerLimits.NotificationEntries)
            {
                json.Skip();
            }
            else if (TryReadEntry(ref json, out NotifiedInstall install))
            {
                installs.Add(install);
            }
            else
            {
                malformed++;
            }
        }
    }

    private static bool TryReadEntry(ref Utf8JsonReader json, out NotifiedInstall install)
    {
        string package = "";
        string version = "";
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
        }
        else
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isName = IsNamed(ref json, "name"u8);
                bool isVersion = IsNamed(ref json, "version"u8);
                json.Read();
                package = isName ? Text(ref json) : package;
                version = isVersion ? Text(ref json) : version;
                json.Skip();
            }
        }

        install = new NotifiedInstall(package, version);
        return PackageName.IsName(package) && PackageName.IsVersion(version);
    }

    // As it is written: nobody escapes these, and half a pair of surrogates in a name would be an exception.
    private static bool IsNamed(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueSpan.SequenceEqual(name);

    private static string Text(ref Utf8JsonReader json)
    {
        // At its longest, a character is six bytes of escape; nothing longer can be a name.
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > 6 * ServerLimits.PackageText)
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
