namespace UsageReporting.Tests.Composition;

/// <summary>One call of a collector.</summary>
/// <param name="Field">The field that is set.</param>
/// <param name="Value">What to, for the report of a failure.</param>
/// <param name="Set">The call.</param>
internal sealed record HostileValue(UsageField Field, object? Value, Action<UsageValues> Set)
{
    public override string ToString() => $"{Field.Name} = {Value ?? "null"}";
}
