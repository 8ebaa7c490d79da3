using System.Net;
using System.Net.Sockets;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>A port for a program that cannot choose one itself and say which.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using TcpListener listener = new(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
