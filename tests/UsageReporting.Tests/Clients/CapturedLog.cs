using Microsoft.Extensions.Logging;

namespace UsageReporting.Tests.Clients;

/// <summary>Everything that was logged, as it would be written.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Those that are more than information.</summary>
    public IReadOnlyList<string> Complaints => [.. Lines.Where(line => !line.StartsWith("Information ", StringComparison.Ordinal))];

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        // With the exception: what a host's formatter would print of it counts as logged.
        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Add($"{logLevel} {eventId.Id} {category}: {formatter(state, exception)}{exception}");
    }
}
