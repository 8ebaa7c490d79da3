namespace UsageReporting.Server.Storage;

/// <summary>What an engine does for the operator alone. What cannot be read is a <see cref="UsageStoreException"/>.</summary>
internal interface IOperatorStore
{
    /// <summary>The bytes that the database takes.</summary>
    Task<long> MeasureAsync();
}
