namespace UsageReporting.TestSupport.Processes;

/// <summary>What a child process finds at its standard input.</summary>
public sealed class ChildInput
{
    private ChildInput(string? content) => Content = content;

    /// <summary>A pipe that is at its end.</summary>
    public static ChildInput Closed { get; } = new("");

    /// <summary>No standard input at all: the descriptor itself is closed, as some service managers do.</summary>
    public static ChildInput None { get; } = new(content: null);

    internal string? Content { get; }

    /// <summary>A pipe that holds the text and then is at its end.</summary>
    public static ChildInput Text(string text) => new(text);
}
