using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;
using VerifyNUnit;

namespace UsageReporting.ConventionTests.PublicApi;

public sealed class PublicApiWriterTests
{
    [Test]
    public Task Write_OneOfEachKind_IsReadable() => Verifier.Verify(
        PublicApiWriter.Write(SourceCode.Compile("Any", [("Any/A.cs", Text)], []).Assembly));

    private const string Text =
        """
        using System.Runtime.CompilerServices;
        namespace Any;
        public sealed record Positional(string Name, int? Count = 3);
        public abstract record Base { private protected Base() { } public string? Text { get; init; } protected virtual void Step(ref int step) { } }
        public enum Level { None, Some = 7 }
        public delegate Task<bool> Ask(string question, CancellationToken cancellationToken = default);
        public interface IService<in T> where T : class, new() { int Count { get; } event EventHandler? Changed; Task RunAsync(T item); }
        public static class Extensions { public static void Add(this string text, params ReadOnlySpan<int> numbers) { } public const string Name = "name"; }
        public class Outer : Exception, IDisposable
        {
            public Outer(string message) { }
            internal Outer() { }
            protected internal int Seen;
            private protected int Hidden;
            public required string Required { get; set; }
            public string this[int index] => "";
            public void Dispose() { }
            public override string ToString() => "";
            public static bool operator +(Outer left, Outer right) => true;
            public static implicit operator int(Outer outer) => 0;
            public sealed class Inner;
            private sealed class Unseen;
        }
        internal sealed class Internal;
        """;
}
