using System;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>Connections to a test server with made-up keys.</summary>
internal static class Connect
{
    public const string AccessKey = "AKIDTESTTESTTESTTEST";
    public const string SecretKey = "wJalrSECRETSECRETSECRETSECRETSECRETSECRE";

    /// <summary>The limit for "at once" on a busy machine; far below every timeout of a call.</summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(4);

    public static ConnectionSettings Settings(string url) => new("eu-west-1", AccessKey: AccessKey, SecretKey: SecretKey, EndpointUrl: url);

    public static Task<IAppRunnerConnection> ToAsync(ScriptedServer server, IClock? clock = null) => ToAsync(Settings(server.Url), clock);

    public static Task<IAppRunnerConnection> ToAsync(ConnectionSettings settings, IClock? clock = null) =>
        new AppRunnerConnector(clock ?? new FakeClock(DateTime.UtcNow, FakeTime.Jumps)).ConnectAsync(settings, TestContext.Current.CancellationToken);

    public static ListServicesRequest Read() => new();

    public static PauseServiceRequest Change() => new() { ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa" };
}
