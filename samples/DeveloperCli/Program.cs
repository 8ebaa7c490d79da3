// A tool after django-admin, which reports by default and says so first. Only three of its commands report, the ones that
// people run who develop; the last two of them only in a project that is set to debug. Nothing that is typed behind a
// command is ever reported.

using System.CommandLine;
using DeveloperCli;
using UsageReporting;

Option<string> endpoint = new("--endpoint")
{
    Description = "Where reports are sent.",
    DefaultValueFactory = _ => "https://stats.example.org/developer-cli/report",
    Recursive = true,
};
Option<string?> dataDirectory = new("--data-directory")
{
    Description = "Where the choice and the installation's id are kept.",
    Recursive = true,
};
Argument<string> name = new("name") { Description = "Its folder." };
Option<int> port = new("--port") { Description = "Where it listens; 0 is any free one.", DefaultValueFactory = _ => 8000 };

RootCommand root = new("Makes projects, and serves them while they are developed.") { endpoint, dataDirectory };
root.Add(Reporting(
    new Command("startproject", "Make a project.") { name },
    static () => true,
    (parsed, _) => Project.CreateAsync(parsed.GetValue(name)!)));
root.Add(Reporting(
    new Command("startapp", "Add an application to the project in this folder.") { name },
    Project.IsInDevelopment,
    (parsed, _) => Project.AddApplicationAsync(parsed.GetValue(name)!)));
root.Add(Reporting(
    new Command("runserver", "Serve the project in this folder until Ctrl-C.") { port },
    Project.IsInDevelopment,
    (parsed, cancellationToken) => DevelopmentServer.RunAsync(parsed.GetValue(port), cancellationToken)));
Command check = new("check", "Look whether the project in this folder can be read. Never reports.");
check.SetAction((_, _) => Project.CheckAsync());
root.Add(check);
root.Add(UsageCommand.Create(parsed => Usage(parsed, command: null)));
return await UsageCommandLine.RunAsync(root, args);

UsageReporter Usage(ParseResult parsed, string? command) =>
    DeveloperUsage.Create(parsed.GetValue(endpoint)!, parsed.GetValue(dataDirectory), command);

// A command beside which reports go out: the command comes first, and never waits for them.
Command Reporting(
    Command command, Func<bool> isDevelopment, Func<ParseResult, CancellationToken, Task<int>> run)
{
    command.SetAction(async (parsed, cancellationToken) =>
    {
        if (!isDevelopment())
        {
            return await run(parsed, cancellationToken);
        }

        await using UsageReporter usage = Usage(parsed, command.Name);
        await using UsageRun beside = await usage.BeginRunAsync(new ConsoleConsentPrompt(Console.Error), cancellationToken);
        foreach (string line in beside.Outcome is { } outcome ? usage.Describe(outcome) : [])
        {
            await Console.Error.WriteLineAsync(line);
        }

        return await run(parsed, cancellationToken);
    });
    return command;
}
