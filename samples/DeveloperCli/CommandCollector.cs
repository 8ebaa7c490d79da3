using UsageReporting;

namespace DeveloperCli;

/// <summary>Which of the three commands it is, and nothing that was typed behind it.</summary>
internal static class CommandCollector
{
    private static readonly WordField Command = UsageField.Word(
        "command", "Command", "Which way of working is common among developers.", ["startproject", "startapp", "runserver"]);

    public static IReadOnlyList<UsageField> Fields => [Command];

    public static ValueTask Fill(UsageValues values, string? command)
    {
        values.Set(Command, command);
        return ValueTask.CompletedTask;
    }
}
