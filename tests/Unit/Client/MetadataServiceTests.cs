using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>
/// The EC2 instance metadata service. The SDK caches its URL for the whole process, so all tests share one server, and each test sets
/// its script.
/// </summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class MetadataServiceTests : IDisposable
{
    private static readonly ScriptedServer Service = new(request => script!(request));

    private static volatile Func<ReceivedRequest, Step> script = _ => ScriptedServer.Silence();

    private readonly AwsEnvironment environment = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MetadataServiceTests()
    {
        environment["AWS_EC2_METADATA_DISABLED"] = null;
        environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = Service.Url;
        environment.Refresh();
        script = _ =>
        {
            asked.TrySetResult();
            return ScriptedServer.Silence();
        };
    }

    public void Dispose() => environment.Dispose();

    // The SDK alone would wait 16 to 31 seconds and ignore the cancellation.
    [Fact]
    public async Task Cancellation_stops_the_credential_lookup_at_once_if_the_metadata_service_does_not_respond()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var connecting = new AppRunnerConnector().ConnectAsync(new("eu-west-1"), cancel.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_credential_lookup_times_out_after_five_seconds_if_the_metadata_service_does_not_respond()
    {
        var clock = new FakeClock();

        var connecting = new AppRunnerConnector(clock).ConnectAsync(new("eu-west-1"), TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        connecting.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));

        var error = await Should.ThrowAsync<NoCredentialException>(() => connecting.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("metadata service");
    }

    [Fact]
    public async Task The_region_lookup_times_out_after_two_seconds_if_the_metadata_service_does_not_respond()
    {
        var clock = new FakeClock();

        var connecting = new AppRunnerConnector(clock).ConnectAsync(Connect.Settings("http://unused") with { Region = null }, TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2.1));

        var error = await Should.ThrowAsync<NoRegionException>(() => connecting.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("metadata service");
    }

    [Fact]
    public async Task Region_and_credentials_come_from_the_instance_metadata()
    {
        await using var appRunner = new ScriptedServer(ScriptedServer.Respond("{}"));
        script = request => request.Path switch
        {
            "/latest/api/token" => ScriptedServer.Respond(200, "text/plain", "metadata-token"),
            "/latest/dynamic/instance-identity/document" => ScriptedServer.Respond(200, "application/json", """{"region":"ap-south-2"}"""),
            "/latest/meta-data/iam/security-credentials/" => ScriptedServer.Respond(200, "text/plain", "machine-role"),
            "/latest/meta-data/iam/info" => ScriptedServer.Respond(200, "application/json", """{"Code":"Success","InstanceProfileArn":"arn:aws:iam::1:instance-profile/x","InstanceProfileId":"A"}"""),
            "/latest/meta-data/iam/security-credentials/machine-role" => ScriptedServer.Respond(
                200, "application/json", $$"""{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"AKIDMACHINE","SecretAccessKey":"x","Token":"t","LastUpdated":"2026-01-01T00:00:00Z","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"}"""),
            _ => ScriptedServer.Respond((int)HttpStatusCode.NotFound, "text/plain", "no"),
        };

        using var connection = await new AppRunnerConnector().ConnectAsync(new(EndpointUrl: appRunner.Url), TestContext.Current.CancellationToken);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        connection.Region.ShouldBe("ap-south-2");
        connection.CredentialSource.ShouldBe("EC2 instance role");
        appRunner.Requests[0].Headers["Authorization"].ShouldContain("Credential=AKIDMACHINE/");
    }

    [Fact]
    public async Task A_disabled_metadata_service_gets_no_request()
    {
        environment["AWS_EC2_METADATA_DISABLED"] = "true";

        await Should.ThrowAsync<NoCredentialException>(() => new AppRunnerConnector().ConnectAsync(new("eu-west-1"), TestContext.Current.CancellationToken));

        asked.Task.IsCompleted.ShouldBeFalse();
    }

    // Anything but a failure of the SDK is a defect of this module, and must not look like a missing region.
    [Fact]
    public async Task A_defect_during_the_region_lookup_is_not_a_missing_region()
    {
        script = _ => ScriptedServer.Respond("not found", 404);

        (await Should.ThrowAsync<NotSupportedException>(() => new AppRunnerConnector(new DefectiveClock()).ConnectAsync(Connect.Settings("http://unused") with { Region = null }, TestContext.Current.CancellationToken)))
            .Message.ShouldBe("A defect");
    }

    private sealed class DefectiveClock : IClock
    {
        public DateTime UtcNow => DateTime.UtcNow;

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => throw new NotSupportedException("A defect");
    }
}
