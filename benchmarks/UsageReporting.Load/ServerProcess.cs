using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace UsageReporting.Load;

/// <summary>A <see cref="LoadServer"/>, seen from the side of the load.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Address = new IPEndPoint(IPAddress.Loopback, port);
    }

    public IPEndPoint Address { get; }

    /// <summary>Starts this program again, as the server of a subject.</summary>
    public static ServerProcess Start(Subject subject, string database)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Started with "dotnet", that is the program and this one its argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(subject.ToString());
        start.ArgumentList.Add(database);
        foreach (string name in Clients.SocketSettings.Keys)
        {
            start.Environment.Remove(name);
        }

        Process process = Process.Start(start)!;
        return new ServerProcess(process, int.Parse(Line(process), CultureInfo.InvariantCulture));
    }

    /// <summary>What the process has used since its start.</summary>
    public Usage Used()
    {
        _process.StandardInput.WriteLine();
        string[] numbers = Line(_process).Split(' ');
        return new Usage(
            long.Parse(numbers[0], CultureInfo.InvariantCulture),
            TimeSpan.FromTicks(long.Parse(numbers[1], CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Line(Process process) =>
        process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server has ended.");
}
