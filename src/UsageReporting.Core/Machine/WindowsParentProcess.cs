using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace UsageReporting.Core.Machine;

/// <summary>
/// The process that started this one, on Windows. The service manager is known by its name and by the session that no
/// person works in. That nobody is at the keyboard would not do: it is so for scheduled tasks and web servers too.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsParentProcess
{
    private const int BasicInformationClass = 0;

    public static bool IsServiceManager()
    {
        using Process self = Process.GetCurrentProcess();
        if (NtQueryInformationProcess(
            self.Handle, BasicInformationClass, out BasicInformation information, Marshal.SizeOf<BasicInformation>(), out _) != 0)
        {
            return false;
        }

        try
        {
            using Process parent = Process.GetProcessById((int)information.ParentProcessId);
            return parent is { SessionId: 0, ProcessName: "services" };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The parent has ended, or nothing is told about it: neither happens to a service.
            return false;
        }
    }

    [LibraryImport("ntdll.dll")]
    private static partial int NtQueryInformationProcess(
        nint process, int informationClass, out BasicInformation information, int size, out int written);

    // PROCESS_BASIC_INFORMATION of winternl.h.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct BasicInformation
    {
        private readonly nint _exitStatus;
        private readonly nint _block;
        private readonly nint _affinity;
        private readonly nint _priority;
        private readonly nint _processId;

        public readonly nint ParentProcessId;
    }
}
