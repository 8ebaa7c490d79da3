using System.Text.Json;
using System.Text.RegularExpressions;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4_096);   // the schema's maxBytes
builder.Services.AddRequestDecompression();   // a report above 1 KB comes with gzip
WebApplication app = builder.Build();
app.UseRequestDecompression();

JsonElement schema = JsonDocument.Parse(File.ReadAllBytes(app.Configuration["Schema"]!)).RootElement;
JsonElement[] fields = [.. schema.GetProperty("fields").EnumerateArray()];
TimeSpan window = TimeSpan.FromDays(schema.GetProperty("windowDays").GetInt32());
string folder = Directory.CreateDirectory(app.Configuration["Folder"]!).FullName;
Lock turn = new();   // of two reports of one installation one is first

app.MapPost("/report", (Dictionary<string, JsonElement> report) =>   // anything but a JSON object is 400 here
{
    IEnumerable<string> missing = fields.Where(field => field.TryGetProperty("required", out _)).Select(Name).Append("uuid").Except(report.Keys);
    string[] wrong = [.. missing, .. report.Keys.Where(name => !Fits(name, report[name]))];
    if (wrong.Length > 0)
        return Results.ValidationProblem(wrong.ToDictionary(name => name, _ => new[] { "is not as declared" }));

    string file = Path.Combine(folder, $"{report["uuid"]}.json".ToLowerInvariant());
    byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(report);
    lock (turn)
    {
        DateTime last = File.GetLastWriteTimeUtc(file);   // the year 1601 where there is no file
        if (last + window > DateTime.UtcNow)
            return Results.Json(new { error = "already_submitted", last_sent = $"{last:s}Z", same_report = File.ReadAllBytes(file).SequenceEqual(bytes) }, statusCode: 429);
        using FileStream stream = new(file + ".new", FileMode.Create, FileAccess.Write, FileShare.Delete);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);   // 204 says that it is stored
        File.Move(file + ".new", file, overwrite: true);
    }
    return Results.NoContent();
});
app.Run();

string Name(JsonElement field) => $"{field.GetProperty("name")}";
bool Fits(string name, JsonElement value) => name == "uuid" ? Guid.TryParseExact($"{value}", "D", out _) && $"{value}".Length == 36   // spaces around it would pass
    : fields.Where(field => Name(field) == name).Any(field => $"{field.GetProperty("kind")}" switch   // what is not declared does not fit
    {
        "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "word" => field.GetProperty("values").EnumerateArray().Any(word => word.ValueEquals($"{value}")),
        "version" => Regex.IsMatch($"{value}", @"\A[0-9]{1,9}(\.[0-9]{1,9}){1,3}([-+][0-9A-Za-z.+-]{1,32})?\z"),
        _ => false,   // the kinds that this schema has
    });
