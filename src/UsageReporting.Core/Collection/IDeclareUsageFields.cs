namespace UsageReporting;

/// <summary>Declares the fields that a collector fills, so that they are known without creating it.</summary>
public interface IDeclareUsageFields
{
    /// <summary>The fields, in the order in which people see them.</summary>
    static abstract IReadOnlyList<UsageField> Fields { get; }
}
