using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Operators.Pages;

/// <summary>What a form has to bring to be one of ours.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Value">What is in it.</param>
internal readonly record struct FormToken(string Name, string Value)
{
    /// <summary>A form that posts.</summary>
    /// <param name="action">Where to, from the page that it is on.</param>
    /// <param name="content">Its fields and its button.</param>
    public Markup Form(string action, Markup content) => Markup.Of(
        $"""
        <form method="post" action="{action}" autocomplete="off">{Hidden(Name, Value)}
        {content}</form>

        """);

    /// <summary>A field that nobody sees.</summary>
    public static Markup Hidden(string name, string value) => Markup.Of($"""<input type="hidden" name="{name}" value="{value}">""");
}
