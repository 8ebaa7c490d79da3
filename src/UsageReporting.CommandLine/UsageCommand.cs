using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
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
        return Create(_ => services.GetRequiredService<UsageReporter>());
    }

    /// <summary>Makes the command group for a reporter that is made only when one of its commands runs.</summary>
    /// <param name="reporter">Makes the reporter from the parsed command line, whose options it may read.</param>
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        return new Command("usage", CommandTexts.Help("HelpUsage"))
        {
            PreviewCommand.Create(reporter),
            SendCommand.Create(reporter),
            StatusCommand.Create(reporter),
            EndpointsCommand.Create(reporter),
            OnCommand.Create(reporter),
            OffCommand.Create(reporter),
            LocalCommand.Create(reporter),
            ViewCommand.Create(reporter),
            HistoryCommand.Create(reporter),
            ShowCommand.Create(reporter),
            VerifyCommand.Create(reporter),
            ExplainCommand.Create(reporter),
            SchemaCommand.Create(reporter),
            ExportCommand.Create(reporter),
            DeleteCommand.Create(reporter),
            ResetIdCommand.Create(reporter),
            ForgetCommand.Create(reporter),
        };
    }
}
