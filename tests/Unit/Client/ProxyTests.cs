using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>A proxy with a password. .NET reads the proxy variables once for the process, so its default proxy is replaced.</summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class ProxyTests : IAsyncDisposable
{
    private const string Refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n";

    private readonly AwsEnvironment environment = new();
    private readonly ScriptedServer proxy = new(ScriptedServer.Raw(Refusal));
    private readonly IWebProxy before = HttpClient.DefaultProxy;

    public ProxyTests()
    {
        environment["HTTPS_PROXY"] = $"http://user:pass%40word@127.0.0.1:{proxy.Port}";
        HttpClient.DefaultProxy = new WebProxy(new Uri($"http://user:pass%40word@127.0.0.1:{proxy.Port}"));
    }

    public async ValueTask DisposeAsync()
    {
        HttpClient.DefaultProxy = before;
        environment.Dispose();
        await proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("https://apprunner.invalid")]
    [InlineData("http://apprunner.invalid")]
    public async Task A_proxy_that_requires_authentication_is_an_error_without_its_password(string url)
    {
        using var connection = await Connect.ToAsync(Connect.Settings(url));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldContain("requires authentication (HTTP 407)");
        error.Message.ShouldEndWith(".");
        HasNoPassword(error);
        proxy.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_password_is_not_in_errors_of_a_credential_lookup()
    {
        environment.Config("[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n[profile base]\naws_access_key_id = AKID\naws_secret_access_key = x\n");

        var error = await Should.ThrowAsync<NoCredentialException>(() => new AppRunnerConnector().ConnectAsync(new("eu-west-1", ProfileName: "role"), TestContext.Current.CancellationToken));

        error.Message.ShouldContain("the proxy requires authentication (HTTP 407)");
        HasNoPassword(error);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Loopback_never_goes_through_the_proxy(string host)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(Connect.Settings($"http://{host}:{server.Port}"));

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        server.Requests.Count.ShouldBe(1);
        proxy.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lookups_at_loopback_never_go_through_the_proxy()
    {
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKIDROLE", DateTime.UtcNow.AddHours(1)));
        await using var container = new ScriptedServer(AwsResponses.ContainerCredentials());
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/keys";
        environment.Config("[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = EcsContainer\n");

        using var connection = await new AppRunnerConnector().ConnectAsync(new("eu-west-1", ProfileName: "role"), TestContext.Current.CancellationToken);

        sts.Requests.Count.ShouldBe(1);
        container.Requests.Count.ShouldBe(1);
        proxy.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("proxy 'http://user:pass%40word@127.0.0.1:3128/' failed", "proxy 'http://*****@127.0.0.1:3128/' failed")]
    [InlineData("user:pass@word and pass@word", "***** and *****")]
    [InlineData("http://someone:else@host/path and user@example.com", "http://*****@host/path and user@example.com")]
    [InlineData("https://host/a@b", "https://host/a@b")]
    public void Passwords_are_masked_in_any_text(string text, string masked) => FailureText.MaskPasswords(text).ShouldBe(masked);

    private static void HasNoPassword(Exception error)
    {
        foreach (var form in new[] { "pass%40word", "pass@word", "user:" })
            error.ToString().ShouldNotContain(form);
    }
}
