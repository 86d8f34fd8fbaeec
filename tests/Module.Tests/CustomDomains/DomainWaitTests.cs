using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
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

    [Fact]
    public void Several_are_waited_for_at_once()
    {
        var domains = session.Run("1..4 | ForEach-Object { [pscustomobject]@{ ServiceName = 'web1'; DomainName = \"shop$_.example.com\" } } | Add-ARCustomDomain" + Poll).All<CustomDomain>();

        domains.Count.ShouldBe(4);
        domains.ShouldAllBe(domain => domain.CertificateValidationRecords!.Count == 3);
        session.Run("Get-ARCustomDomain web1 | Remove-ARCustomDomain -Confirm:$false" + Poll).All<CustomDomain>().Count.ShouldBe(4);
        session.Run("Get-ARCustomDomain web1").Output.ShouldBeEmpty();
    }

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
    [InlineData(Add, "CREATING")]
    [InlineData(Remove, "DELETING")]
    public async Task A_time_out_says_that_it_goes_on_and_how_to_look(string script, string status)
    {
        await using var server = Pending(status, new TaskCompletionSource());
        using var other = Session.To(server);

        var error = other.Run(script + " -Wait -Timeout 0.05 -PollInterval 0.02").ErrorWith("WaitTimeout");

        error.CategoryInfo.Category.ShouldBe(ErrorCategory.OperationTimeout);
        error.ToString().ShouldContain($"is {status} after");
        error.ToString().ShouldContain("goes on");
        error.ErrorDetails.RecommendedAction.ShouldContain($"Get-ARCustomDomain '{ServiceArn}' shop.example.com");
        error.TargetObject.ShouldBe(ServiceArn);
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

    [Fact]
    public async Task Progress_shows_what_is_waited_for_and_is_completed()
    {
        // It ends when the bar has come up, however long that takes.
        var status = "CREATING";
        await using var server = Domain(() => Volatile.Read(ref status), () => { });
        using var other = Session.To(server);
        other.Host.ProgressShown = record =>
        {
            if (record.RecordType == ProgressRecordType.Processing)
                Volatile.Write(ref status, "ACTIVE");
        };

        var progress = other.Run(Add + Poll + " -Timeout 60").Progress;

        var bar = progress.First(record => record.RecordType == ProgressRecordType.Processing);
        bar.Activity.ShouldBe("Add-ARCustomDomain shop.example.com web1 (us-east-1)");
        bar.StatusDescription.ShouldMatch(@"^CREATING, \d\d:\d\d:\d\d$");
        progress.GroupBy(record => record.ActivityId).ShouldAllBe(records => records.Last().RecordType == ProgressRecordType.Completed);
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
            return ScriptedServer.Answer($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"target",{{(isLook ? $"\"CustomDomains\":[{domain}]" : $"\"CustomDomain\":{domain}")}} }""");
        });
    }
}
