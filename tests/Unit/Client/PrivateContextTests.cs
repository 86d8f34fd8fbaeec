using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading.Tasks;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using AppRunner.Client;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>The client in its own AssemblyLoadContext, with another copy of the SDK in the default one, as in a session with AWS.Tools.</summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class PrivateContextTests : IAsyncLifetime
{
    private static readonly Lazy<FolderContext> Context = new(MakeContext);

    private readonly AwsEnvironment environment = new();
    private readonly ScriptedServer service = new(ScriptedServer.Respond("{}"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        environment.Dispose();
    }

    [Fact]
    public void The_client_assembly_has_no_public_types() => typeof(AppRunnerConnector).Assembly.GetExportedTypes().ShouldBeEmpty();

    [Fact]
    public async Task Explicit_keys_work_and_errors_have_the_shared_exception_type()
    {
        var connector = Connector();
        connector.GetType().ShouldNotBe(typeof(AppRunnerConnector));
        await using var failing = new ScriptedServer(ScriptedServer.Error("InvalidStateException", "busy"));

        using var connection = await connector.ConnectAsync(Connect.Settings(service.Url), TestContext.Current.CancellationToken);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        using var other = await connector.ConnectAsync(Connect.Settings(failing.Url), TestContext.Current.CancellationToken);
        await Should.ThrowAsync<InvalidStateException>(() => other.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_role_is_assumed_beside_another_loaded_copy_of_AWSSDK_SecurityToken()
    {
        _ = typeof(AmazonSecurityTokenServiceClient).Assembly;
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKIDROLE", DateTime.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_STS"] = sts.Url;
        environment.Config("[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = x\n");

        await SendAsync("deploy");

        service.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDROLE/");
    }

    [Fact]
    public async Task SSO_works_beside_another_loaded_copy_of_AWSSDK_SSO()
    {
        _ = (typeof(AmazonSSOClient).Assembly, typeof(AmazonSSOOIDCClient).Assembly);
        await using var portal = new ScriptedServer(AwsResponses.SsoCredentials("AKIDSIGNON", DateTimeOffset.UtcNow.AddHours(1)));
        environment["AWS_ENDPOINT_URL_SSO"] = portal.Url;
        AwsResponses.WriteSsoProfile(environment, DateTime.UtcNow.AddHours(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

        await SendAsync("work");

        service.Requests.Single().Headers["Authorization"].ShouldContain("Credential=AKIDSIGNON/");
    }

    private static IAppRunnerConnector Connector() =>
        (IAppRunnerConnector)Activator.CreateInstance(Context.Value.LoadFromAssemblyName(new AssemblyName("AppRunner.Client")).GetType("AppRunner.Client.AppRunnerConnector", throwOnError: true)!)!;

    // As in the built module: the client and the SDK are in one folder, the Model is outside of it.
    private static FolderContext MakeContext()
    {
        var folder = Directory.CreateTempSubdirectory("apprunner-private-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "AWSSDK.*.dll").Append(Path.Combine(AppContext.BaseDirectory, "AppRunner.Client.dll")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return new FolderContext(folder);
    }

    private async Task SendAsync(string profile)
    {
        using var connection = await Connector().ConnectAsync(new("eu-west-1", profile, EndpointUrl: service.Url), TestContext.Current.CancellationToken);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
    }

    private sealed class FolderContext(string folder) : AssemblyLoadContext("private")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(folder, assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
