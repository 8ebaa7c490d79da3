using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Keeps each schema with which the server has started, in a folder beside the database: what people agreed to when, and what was asked of
/// them since.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="catalog">The products.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of a schema that could not be kept.</param>
internal sealed class SchemaArchive(string folder, ProductCatalog catalog, TimeProvider time, ILogger<SchemaArchive> logger) : IHostedService
{
    private const string Extension = ".json";
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Keeps what is new. A server runs without that, too.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (Product product in catalog.Products)
            {
                Keep(product);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.SchemaNotKept(logger, e);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The schemas that a product had, the newest first.</summary>
    /// <exception cref="UsageStoreException">They cannot be read.</exception>
    public IReadOnlyList<SchemaVersion> Read(Product product)
    {
        try
        {
            List<SchemaVersion> versions = [];
            JsonObject? before = null;
            foreach ((DateTimeOffset since, string file) in FilesOf(product))
            {
                JsonObject schema = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
                IReadOnlyList<string> changes = before is null ? [] : SchemaDiff.Of(before, schema);
                // Of several servers that share a folder two may have kept the same.
                if (before is null || changes.Count > 0)
                {
                    versions.Insert(0, new SchemaVersion(since, changes));
                }

                before = schema;
            }

            return versions;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new UsageStoreException($"The schemas in {folder} cannot be read: {e.Message}", e);
        }
    }

    private void Keep(Product product)
    {
        (DateTimeOffset _, string? newest) = FilesOf(product).LastOrDefault();
        if (newest is null || !File.ReadAllBytes(newest).AsSpan().SequenceEqual(product.SchemaJson))
        {
            string now = time.GetUtcNow().ToString(Time, CultureInfo.InvariantCulture);
            DurableFile.Write(Path.Combine(folder, $"{product.Name}.{now}{Extension}"), product.SchemaJson);
        }
    }

    // Oldest first: the times in their names sort so.
    private IEnumerable<(DateTimeOffset Since, string File)> FilesOf(Product product)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{product.Name}.*{Extension}") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            if (DateTimeOffset.TryParseExact(
                name[(product.Name.Length + 1)..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset since))
            {
                yield return (since, file);
            }
        }
    }
}
