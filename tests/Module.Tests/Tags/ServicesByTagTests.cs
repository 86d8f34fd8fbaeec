using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Tags;

/// <summary>Get-ARService -Tag.</summary>
public sealed class ServicesByTagTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public ServicesByTagTests()
    {
        session.NewService("web-dev", "-Tag @{ env = 'dev'; team = 'web' }");
        session.NewService("web-prod", "-Tag @{ env = 'prod'; team = 'web' }");
        session.NewService("shop-dev", "-Tag @{ env = 'dev-2'; team = 'shop'; cost = 7 }");
        session.NewService("bare");
    }

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-Tag @{ env = 'dev' }", "web-dev")]
    [InlineData("-Tag @{ env = 'dev*' }", "web-dev shop-dev")]
    [InlineData("-Tag @{ env = $null }", "web-dev web-prod shop-dev")]
    [InlineData("-Tag @{ env = '*' }", "web-dev web-prod shop-dev")]
    [InlineData("-Tag @{ env = 'dev*'; team = 'web' }", "web-dev")]
    [InlineData("-Tag @{ cost = 7 }", "shop-dev")]
    [InlineData("-Tag ([ordered]@{ team = 'web'; env = 'dev' })", "web-dev")]
    [InlineData("-Tags @{ env = '[dp]*'; team = '???' }", "web-dev web-prod")]
    [InlineData("-Tag @{ env = 'DEV' }", "")]
    [InlineData("-Tag 'env=dev'", "web-dev")]
    [InlineData("-Tag ([pscustomobject]@{ team = 'web'; env = 'dev' })", "web-dev")]
    [InlineData("-Tag @{ Env = 'dev' }", "")]
    [InlineData("-Tag @{ nothing = $null }", "")]
    [InlineData("-Tag @{ env = '' }", "")]
    [InlineData("web* -Tag @{ env = 'dev*' }", "web-dev")]
    [InlineData("web-dev -Tag @{ env = 'dev' }", "web-dev")]
    [InlineData("web-dev, shop-dev -Tag @{ team = 'shop' }", "shop-dev")]
    [InlineData("bare -Tag @{ env = 'dev' }", "")]
    [InlineData("-Tag @{ team = 'web' } -Status RUNNING", "web-dev web-prod")]
    [InlineData("-Tag @{ team = 'web' } -Status PAUSED", "")]
    [InlineData("-Tag @{ team = 'web' } -Region us-east-1, eu-west-1", "web-dev web-prod")]
    public void Services_with_all_tags_of_the_filter_are_written(string parameters, string expected)
    {
        session.Run("Get-ARService " + parameters).All<ServiceSummary>().Select(service => service.ServiceName).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public void The_list_writes_summaries_and_Detailed_writes_services()
    {
        session.Run("Get-ARService -Tag @{ team = 'web' }").All<ServiceSummary>().ShouldAllBe(service => service.GetType() == typeof(ServiceSummary));
        session.Run("Get-ARService -Tag @{ team = 'web' } -Detailed").Services.Select(service => service.ServiceName).ShouldBe(["web-dev", "web-prod"], ignoreOrder: true);
    }

    [Fact]
    public void Piped_services_are_filtered()
    {
        session.Run("Get-ARService | Get-ARService -Tag @{ env = 'dev' }").Services.Single().ServiceName.ShouldBe("web-dev");
    }

    [Fact]
    public void Services_with_a_tag_can_be_suspended_by_pipeline()
    {
        session.Run("Get-ARService -Tag @{ env = 'dev*' } | Suspend-ARService -Wait -PollInterval 0.02").Services.Count.ShouldBe(2);

        session.Run("Get-ARService -Status PAUSED").All<ServiceSummary>().Select(service => service.ServiceName).ShouldBe(["web-dev", "shop-dev"], ignoreOrder: true);
        session.Run("Get-ARService -Tag @{ env = 'dev*' } -Status PAUSED | Resume-ARService -Wait -PollInterval 0.02").Services.Count.ShouldBe(2);
        session.Run("Get-ARService -Status RUNNING").Output.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("@{ env = @('dev', 'prod') }", "Tag.env")]
    [InlineData("@{ env = @{ a = 1 } }", "Tag.env")]
    [InlineData("@{ '' = 'x' }", "Tag")]
    [InlineData("@{ 7 = 'x' }", "Tag")]
    [InlineData("@{ env = '[' }", "'['")]
    [InlineData("@{}", "the filter is empty")]
    [InlineData("env", "Tag")]
    [InlineData("$mistyped", "the filter is empty")]
    public void An_invalid_filter_ends_the_command_before_a_request_is_sent(string tags, string message)
    {
        var before = session.Endpoint.RequestCount;

        var result = session.Run($"'web-dev', 'web-prod' | Get-ARService -Tag {tags}");

        result.Output.ShouldBeEmpty();
        (result.Ended is System.Management.Automation.RuntimeException ended ? ended.ErrorRecord : result.Errors.ShouldHaveSingleItem()).ToString().ShouldContain(message);
        session.Endpoint.RequestCount.ShouldBe(before);
    }
}
