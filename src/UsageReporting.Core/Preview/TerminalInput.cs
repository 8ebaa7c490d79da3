using Microsoft.Win32.SafeHandles;

namespace UsageReporting.Core.Preview;

/// <summary>
/// The keyboard, a line at a time. On Unix the terminal's own line editing is used: <see cref="Console.In"/> changes the
/// terminal's mode for each line, writes escape sequences for that, and can miss the end of input that is typed meanwhile.
/// </summary>
internal static class TerminalInput
{
    private const int StandardInput = 0;

    public static TextReader Open() => OperatingSystem.IsWindows()
        ? Console.In
        : new StreamReader(new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0));
}
