using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.CustomDomains;

/// <summary>Adding and removing custom domains takes time.</summary>
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
    [InlineData(Add, "CREATING", "Add-ARCustomDomain shop.example.com goes on")]
    [InlineData(Remove, "DELETING", "Remove-ARCustomDomain shop.example.com goes on")]
    public async Task A_wait_that_is_stopped_tells_that_it_goes_on_and_how_to_look(string script, string status, string words)
    {
        var looked = new TaskCompletionSource();
        await using var server = Pending(status, looked);
        using var other = Session.To(server);

        // Long before the next look.
        var (result, _) = await other.StopAsync(script + " -Wait -PollInterval 600", looked.Task);

        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeEmpty();
        var told = other.Host.WarningLines.ShouldHaveSingleItem();
        told.ShouldContain(words);
        told.ShouldContain($"Get-ARCustomDomain '{ServiceArn}' shop.example.com");
    }

    // Takes the change and never ends it; signals the first look after it.
    private static ScriptedServer Pending(string status, TaskCompletionSource looked) => Domain(() => status, () => looked.TrySetResult());

    private static ScriptedServer Domain(Func<string> status, Action looked)
    {
        var isChanged = false;
        return new ScriptedServer(request =>
        {
            var domain = $$"""{"DomainName":"shop.example.com","EnableWWWSubdomain":true,"Status":"{{status()}}"}""";
            var isLook = Relay.Operation(request) == "DescribeCustomDomains";
            if (isLook && isChanged)
                looked();
            isChanged |= !isLook;
            return ScriptedServer.Respond($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"target",{{(isLook ? $"\"CustomDomains\":[{domain}]" : $"\"CustomDomain\":{domain}")}} }""");
        });
    }
}
