using System.Net;
using NUnit.Framework;
using UsageReporting.Server;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>Who gets in, for how long, and whose forms are taken, over a real socket.</summary>
public sealed class SessionTests : OperatorPagesTests
{
    [TestCase("/operator/"), TestCase("/operator/installation")]
    public async Task Get_WithoutSession_LeadsToSignIn(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("sign-in"));
        Assert.That(Client.Page, Is.Empty);
    }

    [TestCase("/operator", "./operator/")]
    public async Task Get_WithoutTheSlash_LeadsToIt(string path, string place)
    {
        using HttpResponseMessage answer = await Client.GetAsync(path);

        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo(place));
    }

    [Test]
    public async Task SignIn_OperatorsKey_SetsACookieThatNobodyElseGets()
    {
        using HttpResponseMessage answer = await Client.SignInAsync(OperatorKey);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("./"));
        string cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.That(cookie.Split("; ")[1..], Is.EquivalentTo(new[] { "path=/", "secure", "samesite=strict", "httponly" }));
        Assert.That(await Client.ReadAsync("/operator/"), Does.Contain("<h1>The server</h1>"));
        Assert.That(Audit(), Is.EqualTo(new[] { """{"at":"2026-05-18T12:00:00Z","key":"of the settings","what":"signed in"}""" }));
    }

    [Test]
    public async Task Get_AnyPage_IsKeptByNobodyAndLoadsNothingFromElsewhere()
    {
        await Client.EnterAsync(OperatorKey);
        foreach (string path in new[] { "/operator/", "/operator/sign-in", "/operator/installation" })
        {
            using HttpResponseMessage answer = await Client.GetAsync(path);

            Assert.That(answer.Headers.CacheControl?.NoStore, Is.True, path);
            Assert.That(
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                Is.EqualTo("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
        }
    }

    [Test]
    public async Task SignIn_WhateverIsWrongWithTheKey_IsAnsweredAlike()
    {
        DateTimeOffset now = Time.GetUtcNow();
        string[] keys =
        [
            "", "wrong", OperatorKey[..^1], OperatorKey + "0", new string('k', 4_000), "Ü",
            Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Read | UsageKeyScopes.Report).Text,
            Server.Keys.Add("paperless-ngx", UsageKeyScopes.Admin).Text,
            Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Admin, expires: now).Text,
            Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Admin, notBefore: now.AddSeconds(1)).Text,
        ];
        await WaitForAsync(Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Admin).Text);

        foreach (string key in keys)
        {
            using OperatorClient other = new(Server.Address);
            using HttpResponseMessage answer = await other.SignInAsync(key);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), key);
            Assert.That(other.Page, Does.Contain("This key does not open these pages.").And.Not.Contain("wrong"));
            Assert.That(other.Cookies.Keys, Has.None.EqualTo(Cookie));
        }
    }

    [Test]
    public async Task Session_KeyRevoked_HasEnded()
    {
        (UsageKey key, string text) = Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Admin);
        await WaitForAsync(text);
        Assert.That(await Client.IsInAsync());

        Server.Keys.Revoke(key.Id);

        Assert.That(() => Client.IsInAsync().GetAwaiter().GetResult(), Is.False.After(20_000, 20));
    }

    [Test]
    public async Task Session_NothingDoneForHalfAnHour_HasEnded()
    {
        await Client.EnterAsync(OperatorKey);
        Time.Advance(TimeSpan.FromMinutes(29));
        Assert.That(await Client.IsInAsync());

        Time.Advance(TimeSpan.FromMinutes(29));
        Assert.That(await Client.IsInAsync(), "What was done moves the end.");
        Time.Advance(TimeSpan.FromMinutes(14));
        Assert.That(await Client.IsInAsync());
        Time.Advance(TimeSpan.FromMinutes(29));
        Assert.That(await Client.IsInAsync(), "So does what was done early.");
        Time.Advance(TimeSpan.FromMinutes(31));

        Assert.That(await Client.IsInAsync(), Is.False);
    }

    // As if somebody had put a session of theirs into another operator's browser, or had copied one.
    [Test]
    public async Task SignIn_WithASession_BeginsAnotherAndEndsThatOne()
    {
        await Client.EnterAsync(OperatorKey);
        using OperatorClient thief = Client.Copy();
        Assert.That(await thief.IsInAsync());

        await Client.EnterAsync(OperatorKey);

        Assert.That(await Client.IsInAsync());
        Assert.That(await thief.IsInAsync(), Is.False);
    }

    [Test]
    public async Task Session_InUseForEightHours_HasEnded()
    {
        await Client.EnterAsync(OperatorKey);
        for (int i = 0; i < 31; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(15));
            Assert.That(await Client.IsInAsync());
        }

        Time.Advance(TimeSpan.FromMinutes(15));

        Assert.That(await Client.IsInAsync(), Is.False);
    }

    [Test]
    public async Task SignOut_Button_EndsTheSessionForWhoeverHasItsCookie()
    {
        await Client.EnterAsync(OperatorKey);
        using OperatorClient thief = Client.Copy();
        Assert.That(await thief.IsInAsync());

        using HttpResponseMessage answer = await Client.PostAsync("/operator/sign-out");

        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("sign-in"));
        Assert.That(Client.Cookies[Cookie], Is.Empty);
        Assert.That(await thief.IsInAsync(), Is.False);
        Assert.That(await Client.IsInAsync(), Is.False);
    }

    [Test]
    public async Task Session_ServerStartedAgain_HasEnded()
    {
        await Client.EnterAsync(OperatorKey);
        await Server.DisposeAsync();
        Server = await StartServerAsync();
        using OperatorClient back = new(Server.Address);
        foreach ((string name, string value) in Client.Cookies)
        {
            back.Cookies[name] = value;
        }

        Assert.That(await back.IsInAsync(), Is.False);
    }

    [TestCase("/operator/sign-out"), TestCase("/operator/installation"), TestCase("/operator/erase")]
    public async Task Post_FormOfAnotherSite_IsRefusedAndNothingIsDone(string path)
    {
        await Client.EnterAsync(OperatorKey);
        using OperatorClient stranger = new(Server.Address);
        await stranger.ReadAsync("/operator/sign-in");
        string ofTheStranger = stranger.Page[(stranger.Page.IndexOf("value=\"", StringComparison.Ordinal) + 7)..].Split('"')[0];
        int before = Audit().Length;

        foreach (string? token in new[] { null, "", "x", ofTheStranger })
        {
            using HttpResponseMessage answer = await Client.PostAsync(path, token, ("product", "paperless-ngx"), ("id", "a"));

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), token);
        }

        Assert.That(await Client.IsInAsync());
        Assert.That(Audit(), Has.Length.EqualTo(before));
    }

    [Test]
    public async Task SignIn_FormOfAnotherSite_IsRefused()
    {
        using HttpResponseMessage answer = await Client.PostAsync("/operator/sign-in", token: null, ("key", OperatorKey));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Client.Cookies.Keys, Has.None.EqualTo(Cookie));
    }

    [Test]
    public async Task Post_LargeForm_IsRefused()
    {
        await Client.EnterAsync(OperatorKey);

        using HttpResponseMessage answer = await Client.PostAsync("/operator/installation", ("id", new string('x', 20_000)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task SignIn_NothingCanBeNoted_LetsNobodyIn()
    {
        Directory.CreateDirectory(Folder.Combine("operator.jsonl"));

        using HttpResponseMessage answer = await Client.SignInAsync(OperatorKey);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(Client.Cookies.Keys, Has.None.EqualTo(Cookie));
        Assert.That(Server.Log.Troubles, Has.Some.Contains("could not be noted"));
    }

    [Test]
    public async Task SignOut_NothingCanBeNoted_EndsTheSession()
    {
        await Client.EnterAsync(OperatorKey);
        File.Delete(Folder.Combine("operator.jsonl"));
        Directory.CreateDirectory(Folder.Combine("operator.jsonl"));

        using HttpResponseMessage answer = await Client.PostAsync("/operator/sign-out");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await Client.IsInAsync(), Is.False);
        Assert.That(Server.Log.Troubles, Has.Some.Contains("could not be noted: signed out"));
    }
}
