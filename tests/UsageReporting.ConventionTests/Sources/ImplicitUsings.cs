namespace UsageReporting.ConventionTests.Sources;

/// <summary>The usings that the SDK adds to every file.</summary>
internal static class ImplicitUsings
{
    /// <summary>Those of Microsoft.NET.Sdk.</summary>
    public const string Library =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Those of Microsoft.NET.Sdk.Web, and our own: what a host has at the top of its file.</summary>
    public const string Host =
        $"""
        {Library}
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using UsageReporting;
        """;
}
