using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Operators.Pages;

namespace UsageReporting.Server.Operators;

/// <summary>What somebody asks who has a session.</summary>
/// <param name="Key">The key by which the session was begun.</param>
/// <param name="Token">Of the forms of the answer.</param>
/// <param name="Form">What a form has brought; empty for a page that is got.</param>
internal sealed record OperatorRequest(string Key, FormToken Token, IFormCollection Form)
{
    /// <summary>A field of the form, without spaces around it; empty where it is not there once.</summary>
    public string Field(string name) => Form[name] is [{ } value] ? value.Trim() : "";
}
