using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// The names under which numbers are published, as names of files: a field's, a pair's, or a field's and a word's with a dot
/// between them. A word has any characters; a field's name has none that a path could not have.
/// </summary>
internal static class PublishedName
{
    public static string FileOf(string name)
    {
        string field = FieldRollup.FieldOf(name);
        return field == name ? name : $"{field}.{Uri.EscapeDataString(name[(field.Length + 1)..])}";
    }

    /// <summary>The name of the word of a field of which an installation may have several; null where the file is no such.</summary>
    public static string? FindWord(ReportSchema schema, string file) => schema.Fields
        .Where(field => field is SetField or CountsField or VersionsField && Publisher.MayBeShown(schema, field.Name))
        .Where(field => file.StartsWith($"{field.Name}.", StringComparison.Ordinal))
        .Select(field => FieldRollup.NameOf(field.Name, Uri.UnescapeDataString(file[(field.Name.Length + 1)..])))
        .FirstOrDefault(name => FileOf(name) == file);

    /// <summary>The name whose file it is; null where no such numbers are published.</summary>
    public static string? Find(ReportSchema schema, string file)
    {
        string? name = Publisher.MayBeShown(schema, file)
            ? file
            : schema.Fields.OfType<VersionsField>().Where(field => file.StartsWith($"{field.Name}.", StringComparison.Ordinal))
                .Select(field => FieldRollup.NameOf(field.Name, Uri.UnescapeDataString(file[(field.Name.Length + 1)..])))
                .FirstOrDefault();
        return name is not null && Publisher.MayBeShown(schema, name) && FileOf(name) == file ? name : null;
    }
}
