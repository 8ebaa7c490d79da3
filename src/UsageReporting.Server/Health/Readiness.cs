using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Health;

/// <summary>
/// Whether reports can be stored, found out by one write at a time whose answer all who ask meanwhile share: it takes no key to
/// ask, and many who do are to take no places from reports.
/// </summary>
internal sealed class Readiness(IReportStore store)
{
    private readonly Lock _turn = new();

    private Task<bool> _answer = Task.FromResult(false);

    public Task<bool> FindOutAsync()
    {
        lock (_turn)
        {
            if (_answer.IsCompleted)
            {
                _answer = store.CanStoreAsync();
            }

            return _answer;
        }
    }
}
