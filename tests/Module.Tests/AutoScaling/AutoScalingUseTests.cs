using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.AutoScaling;

public sealed class AutoScalingUseTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Sizes_that_are_not_given_have_the_default_values_of_the_API()
    {
        var given = session.Run("New-ARAutoScalingConfiguration high -MaxConcurrency 50 -MinSize 2 -MaxSize 10").All<AutoScalingConfiguration>().Single();
        (given.MaxConcurrency, given.MinSize, given.MaxSize).ShouldBe((50, 2, 10));

        var left = session.Run("New-ARAutoScalingConfiguration high").All<AutoScalingConfiguration>().Single();
        (left.MaxConcurrency, left.MinSize, left.MaxSize, left.AutoScalingConfigurationRevision).ShouldBe((100, 1, 25, 2));
    }

    [Fact]
    public void A_piped_revision_creates_the_next_revision()
    {
        session.Run("New-ARAutoScalingConfiguration high -MaxConcurrency 50 -MinSize 2 -MaxSize 10").ShouldBeClean();

        var next = session.Run("Get-ARAutoScalingConfiguration high -Latest | New-ARAutoScalingConfiguration -MinSize 3").All<AutoScalingConfiguration>().Single();

        (next.AutoScalingConfigurationRevision, next.MaxConcurrency, next.MinSize, next.MaxSize).ShouldBe((2, 50, 3, 10));
    }

    [Theory]
    [InlineData("-MaxConcurrency 0", "MaxConcurrency")]
    [InlineData("-MaxConcurrency 201", "MaxConcurrency")]
    [InlineData("-MinSize 0", "MinSize")]
    [InlineData("-MinSize 26", "MinSize")]
    [InlineData("-MinSize -1", "MinSize")]
    [InlineData("-MaxSize 0", "MaxSize")]
    [InlineData("-MinSize 5 -MaxSize 4", "MaxSize: '4' is less than MinSize, which is 5")]
    public void Invalid_sizes_are_rejected_before_a_request_is_sent(string parameters, string message)
    {
        var error = session.Run("New-ARAutoScalingConfiguration high " + parameters).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(message);
        error.TargetObject.ShouldBe("high");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void One_error_lists_all_problems()
    {
        var error = session.Run("New-ARAutoScalingConfiguration a -MaxConcurrency 0 -MinSize 26 -Tag @{ 'aws:x' = 1 }").ErrorWith("InvalidParameter").ToString();

        foreach (var member in new[] { "AutoScalingConfigurationName", "MaxConcurrency", "MinSize", "Tags" })
            error.ShouldContain(member);
    }

    [Theory]
    [InlineData("-MinSize many")]
    [InlineData("-MaxSize @{}")]
    public void A_value_that_is_not_an_integer_is_rejected(string parameters)
    {
        session.Run("New-ARAutoScalingConfiguration high " + parameters).Output.ShouldBeEmpty();

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void New_services_use_the_default_configuration()
    {
        session.Run("New-ARAutoScalingConfiguration high").ShouldBeClean();

        session.Run("Set-ARDefaultAutoScalingConfiguration high").All<AutoScalingConfiguration>().Single().IsDefault.ShouldBe(true);

        session.Run("Get-ARAutoScalingConfiguration").All<AutoScalingConfigurationSummary>().Where(configuration => configuration.IsDefault == true).ShouldHaveSingleItem().ToString().ShouldBe("high/1");
        session.NewService("web1").AutoScalingConfigurationSummary!.ToString().ShouldBe("high/1");
    }

    [Fact]
    public void The_default_is_set_by_name_or_by_pipeline()
    {
        session.Run("1..3 | ForEach-Object { New-ARAutoScalingConfiguration high }").ShouldBeClean();

        session.Run("Set-ARDefaultAutoScalingConfiguration high").All<AutoScalingConfiguration>().Single().ToString().ShouldBe("high/3");
        session.Run("Get-ARAutoScalingConfiguration high -Revision 2 | Set-ARDefaultAutoScalingConfiguration").All<AutoScalingConfiguration>().Single().ToString().ShouldBe("high/2");
        session.Run("'nowhere', 'DefaultConfiguration' | Set-ARDefaultAutoScalingConfiguration").ErrorWith("ResourceNotFound");
        session.Run("Get-ARAutoScalingConfiguration").All<AutoScalingConfigurationSummary>().Single(configuration => configuration.IsDefault == true).ToString().ShouldBe("DefaultConfiguration/1");
    }

    [Fact]
    public void Services_of_a_configuration_are_listed_by_parameter_and_by_pipeline()
    {
        session.Run("1..2 | ForEach-Object { New-ARAutoScalingConfiguration high }").ShouldBeClean();
        session.NewService("web1", "-AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high/1) -Tag @{ env = 'dev' }");
        session.NewService("web2", "-AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high/1)");
        session.NewService("web3", "-AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high/2)");
        session.NewService("other");

        foreach (var (script, expected) in new[]
        {
            ("Get-ARService -AutoScalingConfigurationArn high/1", "web1 web2"),
            ("Get-ARService -AutoScalingConfigurationArn high", "web3"),
            ("Get-ARService -AutoScalingConfigurationArn high/2, high/1", "web3 web1 web2"),
            ("Get-ARService -AutoScalingConfiguration (Get-ARAutoScalingConfiguration high/1)", "web1 web2"),
            ("Get-ARService -AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high/1).AutoScalingConfigurationArn", "web1 web2"),
            ("Get-ARAutoScalingConfiguration high | Get-ARService", "web1 web2 web3"),
            ("Get-ARAutoScalingConfiguration h* -Revision 2 | Get-ARService", "web3"),
            ("Get-ARAutoScalingConfiguration | Get-ARService", "other web1 web2 web3"),
            ("Get-ARService -AutoScalingConfigurationArn high/1 -Tag @{ env = '*' }", "web1"),
            ("Get-ARService -AutoScalingConfigurationArn high/1 -Status PAUSED", string.Empty),
        })
        {
            session.Run(script).Services.Select(service => service.ServiceName).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true, script);
        }
    }

    [Theory]
    [InlineData("nowhere", "ResourceNotFound")]
    [InlineData("''", "InvalidParameter")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef'", "InvalidParameter")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:autoscalingconfiguration/gone/1/0123456789abcdef0123456789abcdef'", "ResourceNotFound")]
    public void Listing_services_of_an_unknown_configuration_is_an_error(string configuration, string id)
    {
        var error = session.Run($"Get-ARService -AutoScalingConfigurationArn {configuration}").ErrorWith(id);

        if (configuration != "''")
            error.TargetObject.ShouldBe(configuration.Trim('\''));
    }

    [Fact]
    public void A_piped_service_returns_the_configuration_that_it_uses()
    {
        session.Run("New-ARAutoScalingConfiguration high -MinSize 3").ShouldBeClean();
        session.NewService("web1", "-AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high)");

        foreach (var script in new[] { "Get-ARService web1 | Get-ARAutoScalingConfiguration", "Get-ARService | Get-ARAutoScalingConfiguration", "Get-ARAutoScalingConfiguration (Get-ARService web*)" })
        {
            var used = session.Run(script).All<AutoScalingConfiguration>().ShouldHaveSingleItem(script);
            (used.ToString(), used.MinSize, used.HasAssociatedService).ShouldBe(("high/1", 3, true), script);
        }
    }

    [Fact]
    public void The_default_and_a_configuration_in_use_cannot_be_removed()
    {
        session.Run("'high', 'high', 'low1' | ForEach-Object { New-ARAutoScalingConfiguration $_ }").ShouldBeClean();
        session.NewService("web1", "-AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high/1)");

        var result = session.Run("$all = Get-ARAutoScalingConfiguration; $all | Remove-ARAutoScalingConfiguration -Confirm:$false");

        result.ErrorsWith("InvalidParameter", 2).Select(error => error.TargetObject.ShouldBeOfType<AutoScalingConfigurationSummary>().ToString()).ShouldBe(["DefaultConfiguration/1", "high/1"]);
        result.Errors[0].ToString().ShouldContain("default");
        result.Errors[1].ToString().ShouldContain("1 service uses it");
        result.Output.Select(removed => removed!.ToString()).ShouldBe(["high/2", "low1/1"]);
    }

    [Fact]
    public void DeleteAllRevisions_removes_all_revisions_of_a_name()
    {
        session.Run("'high', 'high', 'high', 'low1' | ForEach-Object { New-ARAutoScalingConfiguration $_ }").ShouldBeClean();
        session.Host.Reply = "Yes";

        session.Run("Remove-ARAutoScalingConfiguration high/2 -DeleteAllRevisions -Confirm").Output.Count.ShouldBe(1);

        session.Host.Questions.ShouldHaveSingleItem().ShouldContain("\"Remove\" on target \"all revisions of auto scaling configuration high in us-east-1, account 000000000000 (local endpoint)\"");
        session.Run("Get-ARAutoScalingConfiguration").All<AutoScalingConfigurationSummary>().Select(left => left.ToString()).ShouldBe(["DefaultConfiguration/1", "low1/1"]);
    }

    [Fact]
    public void DeleteAllRevisions_sends_one_request_for_piped_revisions_of_one_name()
    {
        session.Run("'high', 'high', 'low1' | ForEach-Object { New-ARAutoScalingConfiguration $_ }").ShouldBeClean();

        var result = session.Run("Get-ARAutoScalingConfiguration high, low1 | Remove-ARAutoScalingConfiguration -DeleteAllRevisions -Confirm:$false");

        result.ShouldBeClean();
        result.Output.Select(removed => removed!.ToString()).ShouldBe(["high/2", "low1/1"]);
    }
}
