using System.CommandLine;
using UsageReporting.CommandLine;

namespace UsageReporting;

/// <summary>The ready-made command group <c>usage</c>, with which a person looks at reporting and sends a report.</summary>
public static class UsageCommand
{
    /// <summary>Makes the command group.</summary>
    /// <param name="services">The host's services, with usage reporting among them.</param>
    public static Command Create(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Create(_ => services);
    }

    /// <summary>Makes the command group for a host that is built only when one of its commands runs.</summary>
    /// <param name="services">Builds the host's services from the parsed command line, whose options it may read.</param>
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new Command("usage", "Look at what this application reports about its usage, and send a report.")
        {
            PreviewCommand.Create(services),
            SendCommand.Create(services),
            StatusCommand.Create(services),
            HistoryCommand.Create(services),
            ShowCommand.Create(services),
            VerifyCommand.Create(services),
            ExplainCommand.Create(services),
            SchemaCommand.Create(services),
            ResetIdCommand.Create(services),
        };
    }
}
