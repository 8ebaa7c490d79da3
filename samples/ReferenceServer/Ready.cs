namespace ReferenceServer;

/// <summary>The verb <c>ready</c>: asks the server that runs with the same settings, for a health check where no other program is.</summary>
internal static class Ready
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<bool> AskAsync(string[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings).Build();
        BindingAddress listening = BindingAddress.Parse((configuration["urls"] ?? "http://localhost:5000").Split(';')[0]);
        // What stands for all addresses is none itself.
        string host = listening.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : listening.Host;
        using HttpClient http = new() { Timeout = Patience };
        using HttpResponseMessage answer = await http.GetAsync(
            new UriBuilder(listening.Scheme, host, listening.Port, "/healthz/ready").Uri);
        return answer.IsSuccessStatusCode;
    }
}
