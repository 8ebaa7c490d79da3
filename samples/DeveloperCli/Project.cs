using System.Text.Json;

namespace DeveloperCli;

/// <summary>A project: a folder with a file <c>project.json</c>.</summary>
internal sealed record Project(string Name, bool Debug)
{
    private const string File = "project.json";

    /// <summary>The project in this folder, or null where there is none that can be read.</summary>
    public static Project? Find()
    {
        try
        {
            return JsonSerializer.Deserialize<Project>(System.IO.File.ReadAllText(File));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether this is where somebody develops: in production nothing is reported, and nothing said.</summary>
    public static bool IsInDevelopment() => Find() is { Debug: true };

    public static async Task<int> CreateAsync(string folder)
    {
        if (Path.Exists(folder))
        {
            return await RefuseAsync($"There is a {folder} already.");
        }

        Directory.CreateDirectory(folder);
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(folder, File), JsonSerializer.Serialize(new Project(Path.GetFileName(folder), Debug: true)));
        Console.WriteLine($"Made the project {folder}.");
        return 0;
    }

    public static async Task<int> AddApplicationAsync(string name)
    {
        if (Find() is not { } project)
        {
            return await RefuseAsync("There is no project in this folder.");
        }

        Directory.CreateDirectory(name);
        Console.WriteLine($"Added {name} to {project.Name}.");
        return 0;
    }

    public static async Task<int> CheckAsync()
    {
        if (Find() is not { } project)
        {
            return await RefuseAsync("There is no project in this folder.");
        }

        Console.WriteLine($"{project.Name} can be read.");
        return 0;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
