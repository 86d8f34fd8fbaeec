using System;
using System.Threading.Tasks;
using AppRunner.Client.Settings;
using AppRunner.Model;
using AppRunner.Model.Logs;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

[Collection(AwsEnvironmentGroup.Name)]
public sealed class LogsCallTests : IDisposable
{
    private static readonly FilterLogEventsRequest Read = new() { LogGroupName = "/aws/apprunner/web/8fe1/service", StartTime = 1_700_000_000_000, Limit = 5 };

    private readonly AwsEnvironment environment = new();

    public void Dispose() => environment.Dispose();

    [Theory]
    [InlineData("eu-west-1", false, false, "https://logs.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://logs-fips.us-east-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://logs.eu-west-1.api.aws/")]
    [InlineData("us-east-1", true, true, "https://logs-fips.us-east-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://logs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", true, false, "https://logs.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, true, "https://logs-fips.us-gov-west-1.api.aws/")]
    public void CloudWatch_Logs_has_its_endpoint_URL_in_each_region(string region, bool fips, bool dualStack, string address)
    {
        var settings = Connect.Settings(string.Empty) with { UseFipsEndpoint = fips, UseDualStackEndpoint = dualStack };

        EndpointFinder.Find(settings, JsonService.Logs, region, new ProfileLookup(settings, WindowsProfileStore.OfSystem())).AbsoluteUri.ShouldBe(address);
    }

    [Fact]
    public void The_endpoint_URL_of_CloudWatch_Logs_is_set_separately()
    {
        environment["AWS_ENDPOINT_URL_APPRUNNER"] = "http://apprunner:1";
        environment["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"] = "http://logs:2";
        var settings = Connect.Settings(string.Empty);

        EndpointFinder.Find(settings, JsonService.Logs, "eu-west-1", new ProfileLookup(settings, WindowsProfileStore.OfSystem())).AbsoluteUri.ShouldBe("http://logs:2/");
        EndpointFinder.Find(settings, JsonService.AppRunner, "eu-west-1", new ProfileLookup(settings, WindowsProfileStore.OfSystem())).AbsoluteUri.ShouldBe("http://apprunner:1/");
    }

    [Fact]
    public async Task A_CloudWatch_Logs_request_is_sent_as_awsJson1_1()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"events":[{"eventId":"1","logStreamName":"events","message":"text","timestamp":1700000000001}],"nextToken":"more"}"""));
        using var connection = await Connect.ToAsync(server);

        var page = await connection.SendAsync(Read, TestContext.Current.CancellationToken);

        var request = server.Requests[0];
        request.Headers["X-Amz-Target"].ShouldBe("Logs_20140328.FilterLogEvents");
        request.Headers["Content-Type"].ShouldBe("application/x-amz-json-1.1");
        request.Headers["Authorization"].ShouldContain("/eu-west-1/logs/aws4_request");
        request.Body.ShouldBe("""{"startTime":1700000000000,"limit":5,"logGroupName":"/aws/apprunner/web/8fe1/service"}""");
        page.Events!.ShouldHaveSingleItem().Message.ShouldBe("text");
        page.NextToken.ShouldBe("more");

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        server.Requests[1].Headers["Authorization"].ShouldContain("/eu-west-1/apprunner/aws4_request");
    }

    [Theory]
    [InlineData("ResourceNotFoundException", ErrorIds.ResourceNotFound, "Try again")]
    [InlineData("InvalidParameterException", ErrorIds.InvalidParameter, null)]
    [InlineData("AccessDeniedException", ErrorIds.AccessDenied, "logs:FilterLogEvents")]
    [InlineData("OperationAbortedException", ErrorIds.ServiceError, null)]
    public async Task An_error_of_CloudWatch_Logs_has_its_own_error_id_and_advice(string code, string errorId, string? advice)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond($$"""{"__type":"{{code}}","message":"text"}""", 400));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Read, TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldBe("text");
        if (advice is null)
            error.RecommendedAction.ShouldBeNull();
        else
            error.RecommendedAction.ShouldNotBeNull().ShouldContain(advice);
    }

    [Fact]
    public async Task A_throttled_request_is_retried()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"__type":"ThrottlingException","message":"slow"}""", 400), ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(server);

        (await connection.SendAsync(Read, TestContext.Current.CancellationToken)).Events!.ShouldBeEmpty();

        server.Requests.Count.ShouldBe(2);
    }
}
