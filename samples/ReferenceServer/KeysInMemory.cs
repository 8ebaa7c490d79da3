using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ReferenceServer;

/// <summary>Keeps the keys of cookies and forms for as long as the process lasts.</summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _keys];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _keys.Add(element);
        }
    }
}
