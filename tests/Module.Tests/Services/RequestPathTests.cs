using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Limits the number of calls and base classes that a reader of the code has to follow.</summary>
public class RequestPathTests
{
    [Fact]
    public void A_cmdlet_has_at_most_3_base_classes_of_this_module()
    {
        foreach (var cmdlet in StagedCmdlets.All)
        {
            var bases = new List<string>();
            for (var type = cmdlet.ImplementingType.BaseType!; type != typeof(PSCmdlet); type = type.BaseType!)
                bases.Add(type.Name);
            bases.Count.ShouldBeInRange(1, 3, $"{cmdlet.Name}: {string.Join(", ", bases)}");
        }
    }

    [Fact]
    public void A_request_passes_at_most_15_calls_from_the_engine_to_SendAsync()
    {
        using var session = Session.Plain();
        var connection = new RecordingConnection();
        session.UseConnector(connection);
        var asking = new List<MethodBase>();
        session.Host.Reply = "Yes";
        session.Host.QuestionAsked = _ => asking.AddRange(OwnFrames());

        session.Run($"New-ARService web-01 {Session.Image} -Region eu-west-1 -Confirm").Service.ServiceName.ShouldBe("web-01");

        // The calls on the pipeline thread until ShouldProcess, without Confirmation, which has returned when the request is sent.
        var before = asking.Where(frame => frame.DeclaringType!.Name != "Confirmation").ToArray();

        // The calls on the background thread. It has no await before SendAsync, so that all calls since the start of the task are on the stack.
        var sending = connection.Sending.ShouldNotBeNull();
        sending[^1].Name.ShouldNotBe("MoveNext");

        // BackgroundWork.Enqueue and Start are called on the pipeline thread after ShouldProcess, so they are in neither list.
        const int HandOver = 2;
        var way = string.Join("\n", sending.Concat(before).Select(frame => $"{frame.DeclaringType}.{frame.Name}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{sending.Count} + {HandOver} + {before.Length}\n{way}");
        before.ShouldNotBeEmpty();
        (sending.Count + HandOver + before.Length).ShouldBeLessThanOrEqualTo(15, way);
    }

    // The innermost first; an asynchronous method counts as two calls: its start and its body.
    private static MethodBase[] OwnFrames() => [.. new StackTrace().GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>()
        .Where(method => method.DeclaringType?.Assembly.GetName().Name is "AppRunner" or "AppRunner.Model")];

    private sealed class RecordingConnection : IAppRunnerConnection, IAppRunnerConnector
    {
        public IReadOnlyList<MethodBase>? Sending { get; private set; }

        public string Region => "eu-west-1";

        public Uri Endpoint { get; } = new("https://apprunner.invalid/");

        public string CredentialSource => "none";

        public string? AccountId => null;

        public SeenAccount Seen { get; set; } = new();

        public Uri EndpointOf(AppRunnerRequest request) => Endpoint;

        public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            Sending = OwnFrames();
            var service = new Service { ServiceName = ((CreateServiceRequest)(object)request).ServiceName, ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web-01/8fe1e10304f84fd2b0df550fe98a71fa" };
            return Task.FromResult((TResponse)(object)new CreateServiceResponse { Service = service, OperationId = "17fe9f55-7e91-4097-b243-fcabbb69a4cf" });
        }

        public Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken) => Task.FromResult<IAppRunnerConnection>(this);

        public IReadOnlyList<ContextSetting> Describe(ConnectionSettings settings) => [];

        public string EnvironmentFingerprint() => string.Empty;

        public string[] GetProfileNames() => [];

        public void Dispose()
        {
        }
    }
}
