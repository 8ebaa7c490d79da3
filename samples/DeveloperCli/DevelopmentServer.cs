using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeveloperCli;

/// <summary>Serves one page on this machine, for as long as somebody works on the project.</summary>
internal static class DevelopmentServer
{
    public static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        if (Project.Find() is not { } project)
        {
            await Console.Error.WriteLineAsync("There is no project in this folder.");
            return 1;
        }

        using TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        Console.WriteLine($"{project.Name} is at http://{listener.LocalEndpoint}/. Ctrl-C ends it.");
        byte[] page = Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{project.Name} works.\n");
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(cancellationToken);
                await client.GetStream().WriteAsync(page, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
