using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace UsageReporting.Server.Operators;

/// <summary>
/// The sessions of operators, in memory: a cookie names one and holds nothing, so that one that has ended opens nothing, whoever
/// kept its cookie, and all end with the server.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class OperatorSessions(TimeProvider time) : ITicketStore
{
    private const int NameBytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        string name = RandomNumberGenerator.GetHexString(2 * NameBytes, lowercase: true);
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (string over in _tickets.Where(known => known.Value.Properties.ExpiresUtc <= now).Select(known => known.Key).ToArray())
            {
                _tickets.Remove(over);
            }

            if (_tickets.Count >= ServerLimits.OperatorSessions)
            {
                _tickets.Remove(_tickets.MinBy(known => known.Value.Properties.IssuedUtc).Key);
            }

            _tickets.Add(name, ticket);
        }

        return Task.FromResult(name);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        lock (_lock)
        {
            // One that has ended meanwhile stays so.
            if (_tickets.ContainsKey(key))
            {
                _tickets[key] = ticket;
            }
        }

        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        lock (_lock)
        {
            return Task.FromResult(_tickets.GetValueOrDefault(key));
        }
    }

    public Task RemoveAsync(string key)
    {
        lock (_lock)
        {
            _tickets.Remove(key);
        }

        return Task.CompletedTask;
    }
}
