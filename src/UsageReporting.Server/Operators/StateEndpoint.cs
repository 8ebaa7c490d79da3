using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Operators.Pages;

namespace UsageReporting.Server.Operators;

/// <summary>Answers with the first page, and with the files that all pages share.</summary>
internal sealed class StateEndpoint(OperatorDesk desk, OperatorReader reader)
{
    public Task AnswerAsync(HttpContext context)
    {
        // Links are relative, so that the address ends in a slash.
        string path = context.Request.Path.Value ?? "";
        return path.EndsWith('/')
            ? desk.AnswerAsync(context, "", async request => new OperatorPage(StatePage.Draw(request.Token, await reader.ReadAsync())))
            : desk.AnswerAnybodyAsync(context, "", () => Task.FromResult<IResult>(new SeeOther($"./{path[(path.LastIndexOf('/') + 1)..]}/")));
    }

    public Task AnswerAssetAsync(HttpContext context, string name) => desk.AnswerAnybodyAsync(context, "", () =>
    {
        DashboardFile file = OperatorAssets.Files[name];
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Task.FromResult<IResult>(TypedResults.Bytes(file.Content, file.Type));
    });
}
