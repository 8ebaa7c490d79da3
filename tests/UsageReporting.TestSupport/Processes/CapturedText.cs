using System.Text;

namespace UsageReporting.TestSupport.Processes;

/// <summary>What a process has written so far, for others to wait for.</summary>
internal sealed class CapturedText
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _hasEnded;

    public async Task ReadAllAsync(TextReader reader)
    {
        char[] buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            Change(() => _text.Append(buffer, 0, read));
        }

        Change(() => _hasEnded = true);
    }

    /// <summary>Waits until a text stands at or after a position; gives the position behind it.</summary>
    public async Task<int> WaitForAsync(string text, int from, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                int found = _text.ToString().IndexOf(text, from, StringComparison.Ordinal);
                if (found >= 0)
                {
                    return found + text.Length;
                }

                if (_hasEnded)
                {
                    throw new InvalidOperationException($"The process ended without writing \"{text}\".");
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = NewSignal();
        }
    }
}
