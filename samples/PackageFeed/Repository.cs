using System.IO.Compression;
using System.Text.Json;

namespace PackageFeed;

/// <summary>The feed as Composer reads it.</summary>
internal static class Repository
{
    /// <summary>The <c>packages.json</c>: <c>notify-batch</c> is all that counting asks of it.</summary>
    public static IResult Packages(FeedCatalog catalog, HttpRequest request) => TypedResults.Json(
        new Dictionary<string, object>
        {
            ["notify-batch"] = "/downloads",
            ["packages"] = catalog.Packages.ToDictionary(
                package => package.Name,
                package => new Dictionary<string, object>
                {
                    [package.Version] = new
                    {
                        name = package.Name,
                        version = package.Version,
                        dist = new { type = "zip", url = $"{request.Scheme}://{request.Host}/dist/{package.Name}.zip" },
                    },
                }),
        });

    /// <summary>A package that holds nothing but its name.</summary>
    public static IResult Zip(FeedCatalog catalog, string vendor, string name)
    {
        if (catalog.Find($"{vendor}/{name}") is not { } package)
        {
            return TypedResults.NotFound();
        }

        using MemoryStream zipped = new();
        using (ZipArchive archive = new(zipped, ZipArchiveMode.Create))
        using (Stream file = archive.CreateEntry($"{name}/composer.json").Open())
        {
            JsonSerializer.Serialize(file, new { name = package.Name, description = package.Title });
        }

        return TypedResults.Bytes(zipped.ToArray(), "application/zip");
    }
}
