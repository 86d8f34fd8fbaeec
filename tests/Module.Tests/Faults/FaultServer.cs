using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Faults;

/// <summary>An App Runner with one service, web1, on a plain socket. A scenario replaces the responses that go wrong.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    public const string Arn = "arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef";
    public const string OperationId = "aaaaaaaabbbbccccddddeeeeeeeeeeee";

    private readonly Func<FaultServer, string, int, Step?> fault;

    /// <param name="fault">The response to a request, given its operation and the number of earlier requests of that operation; null for the regular one.</param>
    public FaultServer(Func<FaultServer, string, int, Step?> fault)
    {
        this.fault = fault;
        Server = new ScriptedServer(Respond);
    }

    public ScriptedServer Server { get; }

    /// <summary>The operations of the requests that arrived, in their order.</summary>
    public IReadOnlyList<string> Operations => Server.Requests.Select(Relay.Operation).ToArray();

    public static Step Throttled => ScriptedServer.Error("ThrottlingException", "Rate exceeded.");

    public static Step Broken => ScriptedServer.Error("InternalServiceErrorException", "Something broke.", 500);

    public static Step Denied => ScriptedServer.Error("AccessDeniedException", "User is not authorized to perform this.");

    public static Step Missing => ScriptedServer.Error("ResourceNotFoundException", "There is no such service.");

    /// <summary>The response of DescribeService.</summary>
    /// <param name="memory">A value that updates change.</param>
    /// <param name="status">The service's status.</param>
    /// <param name="age">How many seconds ago it was created.</param>
    public static Step Described(string memory = "2048", string status = ServiceStatus.Running, double age = 0) => ScriptedServer.Respond($$"""{"Service":{{Service(memory, status, age)}}}""");

    /// <summary>The response of ListServices.</summary>
    public static Step Listed(double age = 0) => ScriptedServer.Respond($$"""{"ServiceSummaryList":[{{Service("2048", ServiceStatus.Running, age)}}]}""");

    /// <summary>The response of ListOperations, with one operation.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="status">Its status.</param>
    /// <param name="age">How many seconds ago it began.</param>
    /// <param name="id">Its id.</param>
    public static Step Operation(string type, string status = OperationStatus.InProgress, double age = 0, string id = OperationId) =>
        ScriptedServer.Respond($$"""{"OperationSummaryList":[{"Id":"{{id}}","Type":"{{type}}","Status":"{{status}}","TargetArn":"{{Arn}}","StartedAt":{{Time(age)}}}]}""");

    public int CountOf(string operation) => Operations.Count(name => name == operation);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string Service(string memory, string status, double age) => $$"""
        {"ServiceName":"web1","ServiceId":"0123456789abcdef0123456789abcdef","ServiceArn":"{{Arn}}","ServiceUrl":"web1.us-east-1.awsapprunner.com","CreatedAt":{{Time(age)}},"Status":"{{status}}",
        "SourceConfiguration":{"ImageRepository":{"ImageIdentifier":"{{Session.Image}}","ImageRepositoryType":"ECR_PUBLIC","ImageConfiguration":{"Port":"8080"} },"AutoDeploymentsEnabled":false},
        "InstanceConfiguration":{"Cpu":"1024","Memory":"{{memory}}"},"HealthCheckConfiguration":{"Protocol":"TCP","Path":"/","Interval":5,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5},
        "NetworkConfiguration":{"EgressConfiguration":{"EgressType":"DEFAULT" },"IngressConfiguration":{"IsPubliclyAccessible":true},"IpAddressType":"IPV4"} }
        """.ReplaceLineEndings(string.Empty);

    private static string Time(double age) => (DateTimeOffset.UtcNow.AddSeconds(-age).ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);

    private Step Respond(ReceivedRequest request)
    {
        var operation = Relay.Operation(request);
        var earlier = Server.Requests.TakeWhile(other => !ReferenceEquals(other, request)).Count(other => Relay.Operation(other) == operation);
        return fault(this, operation, earlier) ?? operation switch
        {
            "ListServices" => Listed(),
            "DescribeService" => Described(),
            "ListOperations" => ScriptedServer.Respond("""{"OperationSummaryList":[]}"""),
            "StartDeployment" => ScriptedServer.Respond($$"""{"OperationId":"{{OperationId}}"}"""),
            _ => ScriptedServer.Respond($$"""{"Service":{{Service("2048", ServiceStatus.OperationInProgress, 0)}},"OperationId":"{{OperationId}}"}"""),
        };
    }
}
