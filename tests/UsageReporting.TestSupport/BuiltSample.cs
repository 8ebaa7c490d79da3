namespace UsageReporting.TestSupport;

/// <summary>The programs as they were built together with the tests.</summary>
public static class BuiltSample
{
    // bin/<configuration>/net10.0/ of the test project itself.
    private static readonly DirectoryInfo TestOutput = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The sample's assembly, for <c>dotnet &lt;dll&gt;</c>.</summary>
    /// <param name="name">The sample's folder under <c>samples/</c>.</param>
    public static string Dll(string name) => Find("samples", name);

    /// <summary>The assembly of a program that exists for the tests only.</summary>
    /// <param name="name">The program's folder under <c>tests/</c>.</param>
    public static string TestProgram(string name) => Find("tests", name);

    private static string Find(string folder, string name)
    {
        string dll = RepositoryRoot.Combine(
            folder, name, "bin", TestOutput.Parent!.Name, TestOutput.Name, $"{name}.dll");
        return File.Exists(dll)
            ? dll
            : throw new FileNotFoundException($"{name} is not built in this configuration: {dll}");
    }
}
