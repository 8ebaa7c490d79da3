using BenchmarkDotNet.Attributes;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Benchmarks;

/// <summary>Reading a schema, once a start, and the rules of its fields, for every value of every report.</summary>
[MemoryDiagnoser]
public class SchemaBenchmarks
{
    private readonly byte[] _json = SeedSchemas.PaperlessNgxJson;
    private readonly ReportSchema _schema = SeedSchemas.PaperlessNgx;
    private readonly VersionField _version = (VersionField)SeedSchemas.PaperlessNgx.Find("version")!;
    private readonly TextField _architecture = (TextField)SeedSchemas.PaperlessNgx.Find("arch")!;
    private readonly Vocabulary _installTypes = ((WordField)SeedSchemas.PaperlessNgx.Find("install_type")!).Words;

    [Benchmark]
    public ReportSchema ReadSchema() => ReportSchema.Parse(_json);

    [Benchmark]
    public byte[] WriteSchema() => _schema.ToJson();

    [Benchmark]
    public bool AllowVersion() => _version.Allows("2.15.0-rc.1+sha.5114f85");

    [Benchmark]
    public bool AllowText() => _architecture.Allows("x86_64");

    [Benchmark]
    public string? FindWord() => _installTypes.Find("yunohost");
}
