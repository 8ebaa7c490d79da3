using System.Globalization;
using NUnit.Framework;

namespace UsageReporting.TestSupport.Snapshots;

/// <summary>What the snapshot of a test is called: <c>Class.Method_param=value</c>.</summary>
internal static class SnapshotName
{
    public static string OfCurrentTest()
    {
        TestContext.TestAdapter test = TestContext.CurrentContext.Test;
        string[] parameters = [.. test.MethodInfo!.GetParameters().Select(parameter => parameter.Name!)];
        return Of(test.Type!.Name, test.MethodName!, parameters, test.Arguments);
    }

    internal static string Of(string testClass, string method, string[] parameters, object?[] arguments) =>
        $"{testClass}.{method}" + string.Concat(parameters.Zip(arguments, (name, value) => $"_{name}={Spell(value)}"));

    private static string Spell(object? value)
    {
        string text = value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' ? c : '-'));
    }
}
