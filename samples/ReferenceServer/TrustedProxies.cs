using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ReferenceServer;

/// <summary>Believes the proxies that the operator names, and nobody else: not even whoever is on this machine.</summary>
internal static class TrustedProxies
{
    public static ForwardedHeadersOptions Of(ServerSettings settings)
    {
        ForwardedHeadersOptions options = new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardedForHeaderName = settings.ClientAddressHeader,
            // As many as are named, one behind the other. A network is one of them: in a large one stand clients, too.
            ForwardLimit = settings.Proxies.Count,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (string proxy in settings.Proxies)
        {
            if (IPAddress.TryParse(proxy, out IPAddress? address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(proxy, out System.Net.IPNetwork network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new InvalidOperationException(
                    $"UsageReporting:Server:Proxies: \"{proxy}\" is neither an address nor a network.");
            }
        }

        return options;
    }
}
