using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.AspNetCore;

/// <summary>A file that the card's page needs, from the assembly.</summary>
internal static class CardFile
{
    /// <summary>Reads it, once for the life of the application.</summary>
    public static IResult Read(string name, string contentType)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(CardFile), name)!;
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        return TypedResults.Bytes(bytes.ToArray(), contentType);
    }
}
