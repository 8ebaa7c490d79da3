using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Notes what operators do, before it is done, in a file beside the database: a restored backup takes nothing back of it. A line is a
/// JSON object. It names installations by a hash only, and has no value of a report.
/// </summary>
/// <param name="file">The file, which the first entry makes.</param>
internal sealed class AuditTrail(string file)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Lock _lock = new();

    /// <summary>Notes something, durably.</summary>
    /// <exception cref="NotNotedException">It is not noted for certain.</exception>
    public void Note(AuditEntry entry)
    {
        try
        {
            lock (_lock)
            {
                DurableFile.AppendLine(file, JsonSerializer.SerializeToUtf8Bytes(entry, Options));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotNotedException(e);
        }
    }

    /// <summary>The last entries, the newest first.</summary>
    /// <param name="most">How many.</param>
    /// <exception cref="UsageStoreException">The file cannot be read.</exception>
    public IReadOnlyList<AuditEntry> ReadLast(int most)
    {
        try
        {
            lock (_lock)
            {
                return File.Exists(file)
                    ? [.. File.ReadLines(file, Encoding.UTF8).TakeLast(most).Reverse().Select(Read).OfType<AuditEntry>()]
                    : [];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageStoreException($"{file} cannot be read: {e.Message}", e);
        }
    }

    // Half a line of a crash is none.
    private static AuditEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
