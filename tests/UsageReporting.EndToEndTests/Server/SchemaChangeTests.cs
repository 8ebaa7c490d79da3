using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A product whose schema changes from one start of the server to the next.</summary>
public sealed class SchemaChangeTests
{
    [Test]
    public async Task Run_SchemaChanged_ServesAndStoresBoth()
    {
        using TemporaryFolder folder = new();
        string schema = folder.Combine("schema.json");
        string[] settings = [$"--UsageReporting:Server:Products:0:Schema={schema}"];
        ReportSchema before = ReportSchema.Parse(
            File.ReadAllBytes(RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "paperless-ngx.json")));
        File.WriteAllBytes(schema, before.ToJson());
        EntityTagHeaderValue? tag;
        await using (ServerProcess server = await ServerProcess.StartAsync(folder.Path, settings: settings))
        {
            tag = (await SchemaAsync(server, null)).Tag;
            Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));
        }

        // One field is dropped, one added, a vocabulary widened.
        ReportSchema after = ReportSchema.Create(before.Header,
        [
            .. before.Fields.Where(field => field.Name is not ("python" or "channel")),
            UsageField.Word("channel", "Channel", "Which releases.", ["stable", "beta", "dev", "nightly"]) with { Required = true },
            UsageField.Flag("feature_new", "New", "Whether the new feature is on."),
        ]);
        File.WriteAllBytes(schema, after.ToJson());
        await using ServerProcess changed = await ServerProcess.StartAsync(folder.Path, settings: settings);

        (HttpStatusCode status, EntityTagHeaderValue? newTag) = await SchemaAsync(changed, tag);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(newTag, Is.Not.EqualTo(tag));
        Assert.That((await SchemaAsync(changed, newTag)).Status, Is.EqualTo(HttpStatusCode.NotModified));
        using StringContent report = new(
            Reports.Paperless(Reports.NewId(), "nightly").Replace("{", "{\"feature_new\":true,", StringComparison.Ordinal),
            Encoding.UTF8,
            "application/json");
        using HttpResponseMessage answer = await changed.Http.PostAsync("/report", report);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            StoredReports.Query(folder.Combine("usage.db"), "SELECT channel, python, feature_new FROM reports ORDER BY id")
                .Select(row => string.Join('|', row.Values)),
            Is.EqualTo(new[] { "beta|3.12.1|", "nightly||1" }));
    }

    private static async Task<(HttpStatusCode Status, EntityTagHeaderValue? Tag)> SchemaAsync(
        ServerProcess server, EntityTagHeaderValue? known)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/schema/paperless-ngx");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.ETag);
    }
}
