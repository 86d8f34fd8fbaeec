using System;
using System.Threading.Tasks;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>An endpoint in another process, with the properties that requests need.</summary>
internal sealed class ForeignEndpoint(int port, string accessKey, string secretKey) : Model.LocalEndpoint
{
    public override string EndpointUrl => $"http://127.0.0.1:{Port}";

    public override int Port => port;

    public override string Region => "us-east-1";

    public override string AccountId => "000000000000";

    public override string AccessKey => accessKey;

    public override string SecretKey => secretKey;

    public override TimeSpan OperationDuration => TimeSpan.Zero;

    public override bool AllowsExecution => true;

    public override DateTime StartedAt => DateTime.UnixEpoch;

    public override bool IsRunning => true;

    public override long RequestCount => 0;

    public override Task Completion => Task.CompletedTask;

    public override string? AddressOf(string serviceArn) => null;

    public override void SetNextOutcome(string outcome, string? operationType = null, string? serviceName = null)
    {
    }

    public override void ApproveConnection(string connectionArn)
    {
    }

    public override void Stop()
    {
    }
}
