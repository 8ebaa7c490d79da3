using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Snapshots;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>
/// Compares what a test produced with the snapshot beside its source file. A stand-in with the names and file layout of
/// Verify.NUnit, so that changing to the real package is changing a reference.
/// </summary>
public static class Verifier
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares text with <c>{TestClass}.{Method}.verified.txt</c>.</summary>
    public static Task Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target, "txt", settings, sourceFile);

    /// <summary>Compares text with <c>{TestClass}.{Method}.verified.{extension}</c>.</summary>
    public static Task Verify(
        string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        settings ??= new VerifySettings();
        string text = Scrubber.Scrub(target ?? "null", settings);
        string folder = Path.GetDirectoryName(RepositoryRoot.SourceFile(sourceFile))!;
        new SnapshotFile(folder, settings.FileName ?? SnapshotName.OfCurrentTest(), extension).Compare(text);
        return Task.CompletedTask;
    }

    /// <summary>Compares an object, written as indented JSON, with <c>{TestClass}.{Method}.verified.json</c>.</summary>
    public static Task Verify(object? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(JsonSerializer.Serialize(target, Json), "json", settings, sourceFile);
}
