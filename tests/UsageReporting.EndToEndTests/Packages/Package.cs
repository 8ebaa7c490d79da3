using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>A package, or the package of its symbols, as a feed has it.</summary>
internal sealed class Package(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    public IEnumerable<string> Files => _archive.Entries.Select(entry => entry.FullName);

    /// <summary>What stands in the nuspec under this name.</summary>
    public IEnumerable<XElement> Metadata(string name)
    {
        string nuspec = Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal));
        return XDocument.Parse(Text(nuspec)).Descendants().Where(element => element.Name.LocalName == name);
    }

    public IEnumerable<string> Dependencies =>
        Metadata("dependency").Select(dependency => (string)dependency.Attribute("id")!);

    public string Text(string file)
    {
        using StreamReader reader = new(Entry(file).Open());
        return reader.ReadToEnd();
    }

    public long Length(string file) => Entry(file).Length;

    /// <summary>The id of the symbols that an assembly was compiled together with.</summary>
    public Guid SymbolsOf(string assembly)
    {
        using PEReader reader = new(Content(assembly));
        DebugDirectoryEntry entry = reader.ReadDebugDirectory()
            .Single(entry => entry is { Type: DebugDirectoryEntryType.CodeView, IsPortableCodeView: true });
        return reader.ReadCodeViewDebugDirectoryData(entry).Guid;
    }

    /// <summary>The id of these symbols.</summary>
    public Guid IdOf(string symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(Content(symbols));
        return new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid;
    }

    public void Dispose() => _archive.Dispose();

    private ZipArchiveEntry Entry(string file) =>
        _archive.GetEntry(file) ?? throw new FileNotFoundException($"There is no {file}, but: {string.Join(", ", Files)}");

    private MemoryStream Content(string file)
    {
        using Stream entry = Entry(file).Open();
        MemoryStream content = new();
        entry.CopyTo(content);
        content.Position = 0;
        return content;
    }
}
