using Microsoft.Extensions.DependencyInjection;
using UsageReporting.Core.Machine;

namespace UsageReporting.Tests.Clients;

/// <summary>The report that an application with some collectors shows.</summary>
internal static class ReportOf
{
    public static async Task<string> CollectorsAsync(Action<UsageReportingBuilder> add, FakeMachine? machine = null)
    {
        ServiceCollection services = new();
        services.AddSingleton<IMachine>(machine ?? new FakeMachine());
        services.AddSingleton<IReportSink>(new ScriptedSink());
        add(services.AddUsageReporting("app", options => options.DataDirectory = "state"));
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        ScriptedPrompt prompt = new(ConsentAnswer.No);
        await provider.GetRequiredService<UsageReporter>().ReportAsync(prompt);
        return prompt.Seen.Single().Json;
    }
}
