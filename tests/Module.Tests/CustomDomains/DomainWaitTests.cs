using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.CustomDomains;

/// <summary>Waits of Add-ARCustomDomain and Remove-ARCustomDomain.</summary>
public sealed class DomainWaitTests : IDisposable
{
    private const string Poll = " -Wait -PollInterval 0.02";
    private const string ServiceArn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";
    private const string Add = "Add-ARCustomDomain " + ServiceArn + " shop.example.com";
    private const string Remove = "Remove-ARCustomDomain " + ServiceArn + " shop.example.com -Confirm:$false";

    private readonly Session session = Session.Local("-OperationDuration 0.1");

    public DomainWaitTests() => session.NewService("web1");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("ASSOCIATE_CUSTOM_DOMAIN", "CREATE_FAILED", "Add-ARCustomDomain web1 shop.example.com")]
    [InlineData("DISASSOCIATE_CUSTOM_DOMAIN", "DELETE_FAILED", "$null = Add-ARCustomDomain web1 shop.example.com -Wait -PollInterval 0.02; Remove-ARCustomDomain web1 shop.example.com -Confirm:$false")]
    public void A_failure_is_an_error(string operation, string status, string script)
    {
        session.Endpoint.SetNextOutcome("FAILED", operation, "shop.example.com");

        var result = session.Run(script + Poll);

        result.Output.ShouldBeEmpty();
        var error = result.ErrorWith("OperationFailed");
        error.ToString().ShouldBe($"Custom domain \"shop.example.com\" of web1 (us-east-1) is {status}.");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidResult);
        error.TargetObject.ShouldBe(session.Run("Get-ARService web1").Service.ServiceArn);
        ((OperationFailedException)error.Exception).Resource.ShouldBeOfType<CustomDomain>().Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(Add, "CREATING", "Add-ARCustomDomain shop.example.com continues")]
    [InlineData(Remove, "DELETING", "Remove-ARCustomDomain shop.example.com continues")]
    public async Task A_stopped_wait_warns_that_the_change_continues_and_how_to_check_it(string script, string status, string message)
    {
        var polled = new TaskCompletionSource();
        await using var server = Pending(status, polled);
        using var other = Session.To(server);

        // Long before the next poll.
        var (result, _) = await other.StopAsync(script + " -Wait -PollInterval 600", polled.Task);

        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeEmpty();
        var text = other.Host.WarningLines.ShouldHaveSingleItem();
        text.ShouldContain(message);
        text.ShouldContain($"Get-ARCustomDomain '{ServiceArn}' shop.example.com");
    }

    // Accepts the change and never completes it; signals the first poll after it.
    private static ScriptedServer Pending(string status, TaskCompletionSource polled) => Domain(() => status, () => polled.TrySetResult());

    private static ScriptedServer Domain(Func<string> status, Action polled)
    {
        var isChanged = false;
        return new ScriptedServer(request =>
        {
            var domain = $$"""{"DomainName":"shop.example.com","EnableWWWSubdomain":true,"Status":"{{status()}}"}""";
            var isPoll = Relay.Operation(request) == "DescribeCustomDomains";
            if (isPoll && isChanged)
                polled();
            isChanged |= !isPoll;
            return ScriptedServer.Respond($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"target",{{(isPoll ? $"\"CustomDomains\":[{domain}]" : $"\"CustomDomain\":{domain}")}} }""");
        });
    }
}
