using System.Text.Json;

namespace AskEachTime;

/// <summary>What the application knows about itself: read from <c>paperless.json</c>, in place of a database.</summary>
internal sealed record PaperlessSettings(
    string Version,
    string Channel,
    string? Commit,
    DateTimeOffset? BuildDate,
    string? Python,
    string? Database,
    long Documents,
    int Users,
    int MailAccounts,
    bool AiEnabled)
{
    public static PaperlessSettings Read() => JsonSerializer.Deserialize<PaperlessSettings>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "paperless.json")))!;
}
