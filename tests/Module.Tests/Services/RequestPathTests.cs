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

/// <summary>How long the way of a request is through our own code, which a reader has to follow.</summary>
public class RequestPathTests
{
    [Fact]
    public void There_are_at_most_3_bases_of_ours_between_a_cmdlet_and_the_engine()
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
    public void A_request_takes_at_most_15_of_our_own_calls_from_the_engine_to_SendAsync()
    {
        using var session = Session.Plain();
        var connection = new RecordingConnection();
        Use(session, connection);
        var asking = new List<MethodBase>();
        session.Host.Answer = "Yes";
        session.Host.QuestionAsked = _ => asking.AddRange(OwnFrames());

        session.Run($"New-ARService web-01 {Session.Image} -Region eu-west-1 -Confirm").Service.ServiceName.ShouldBe("web-01");

        // On the pipeline's thread, as far as the question whether the request may be sent; what asks has returned when it is sent.
        var before = asking.Where(frame => frame.DeclaringType!.Name != "Confirmation").ToArray();

        // On the thread that sends. It was reached without a wait between, so that the whole way from the hand-over is on the stack.
        var sending = connection.Sending.ShouldNotBeNull();
        sending[^1].Name.ShouldNotBe("MoveNext");

        // BackgroundWork.Enqueue and Start, on the pipeline's thread: they have begun by then what sends, and have no place in either list.
        const int HandOver = 2;
        var way = string.Join("\n", sending.Concat(before).Select(frame => $"{frame.DeclaringType}.{frame.Name}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{sending.Count} + {HandOver} + {before.Length}\n{way}");
        before.ShouldNotBeEmpty();
        (sending.Count + HandOver + before.Length).ShouldBeLessThanOrEqualTo(15, way);
    }

    // The innermost first; an asynchronous method counts twice, as its beginning and its body.
    private static MethodBase[] OwnFrames() => [.. new StackTrace().GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>()
        .Where(method => method.DeclaringType?.Assembly.GetName().Name is "AppRunner" or "AppRunner.Model")];

    // What lies between the cmdlets and the client is no matter of scripts: the session's own connector is internal.
    private static void Use(Session session, RecordingConnection connection)
    {
        session["connector"] = connection;
        session.Run("""
            $type = (Get-Command New-ARService).ImplementingType.Assembly.GetType('AppRunner.Session.SessionContext')
            $type.GetProperty('Connector').SetValue($type.GetProperty('Current').GetValue($null), $connector)
            """).ShouldBeClean();
    }

    private sealed class RecordingConnection : IAppRunnerConnection, IAppRunnerConnector
    {
        public IReadOnlyList<MethodBase>? Sending { get; private set; }

        public string Region => "eu-west-1";

        public Uri Endpoint { get; } = new("https://apprunner.invalid/");

        public string CredentialSource => "none";

        public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            Sending = OwnFrames();
            var service = new Service { ServiceName = ((CreateServiceRequest)(object)request).ServiceName, ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web-01/8fe1e10304f84fd2b0df550fe98a71fa" };
            return Task.FromResult((TResponse)(object)new CreateServiceResponse { Service = service, OperationId = "17fe9f55-7e91-4097-b243-fcabbb69a4cf" });
        }

        public Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken) => Task.FromResult<IAppRunnerConnection>(this);

        public string EnvironmentFingerprint() => string.Empty;

        public string[] GetProfileNames() => [];

        public void Dispose()
        {
        }
    }
}
