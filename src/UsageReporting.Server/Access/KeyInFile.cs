using System.Text.Json;

namespace UsageReporting.Server.Access;

/// <summary>A file of the folder of keys: a key, or why it is none.</summary>
/// <param name="File">Its path.</param>
/// <param name="Key">The key; null where the file is none, or cannot be read.</param>
/// <param name="Trouble">What is wrong; null where it is a key.</param>
internal sealed record KeyInFile(string File, HeldKey? Key, Exception? Trouble)
{
    /// <summary>Whether it may be a key that nobody could look at.</summary>
    public bool IsUnreadable => Trouble is not (null or JsonException);

    /// <summary>Whether it is called as keys are, and is none: broken by hand, or of a later version.</summary>
    public bool IsBroken => Key is null && Path.GetFileNameWithoutExtension(File) is { Length: UsageKeys.IdDigits } name && name.All(char.IsAsciiHexDigitLower);

    public static KeyInFile Read(string file)
    {
        try
        {
            return new KeyInFile(file, KeyFile.Read(System.IO.File.ReadAllBytes(file)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new KeyInFile(file, null, e);
        }
    }
}
