namespace UsageReporting.TestSupport.Schemas;

/// <summary>
/// The schemas of three applications that the library grew from. Together they have every kind of field and every
/// member that a schema can have. The files hold the canonical form and a line break.
/// </summary>
public static class SeedSchemas
{
    /// <summary>Asked each time; a stable id.</summary>
    public static byte[] PaperlessNgxJson { get; } =
        Read("samples", "ReferenceServer", "schemas", "paperless-ngx.json");

    /// <summary>Weekly and nested; a stable id below a path; sets, counts and dates.</summary>
    public static byte[] PrinternizerJson { get; } =
        Read("samples", "ReferenceServer", "schemas", "printernizer.json");

    /// <summary>Three levels, an id that rotates weekly, a catalogue of plugins.</summary>
    public static byte[] NapariJson { get; } =
        Read("samples", "ReferenceServer", "schemas", "napari.json");

    /// <inheritdoc cref="PaperlessNgxJson"/>
    public static ReportSchema PaperlessNgx => ReportSchema.Parse(PaperlessNgxJson);

    /// <inheritdoc cref="PrinternizerJson"/>
    public static ReportSchema Printernizer => ReportSchema.Parse(PrinternizerJson);

    /// <inheritdoc cref="NapariJson"/>
    public static ReportSchema Napari => ReportSchema.Parse(NapariJson);

    private static byte[] Read(params ReadOnlySpan<string> path) => File.ReadAllBytes(RepositoryRoot.Combine(path));
}
