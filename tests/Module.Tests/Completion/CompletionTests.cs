using System;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ARService -Region eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("Set-ARContext ap-northe", "ap-northeast-1")]
    [InlineData("New-ARService -Runtime nodejs_2", "NODEJS_22")]
    [InlineData("New-ARSourceConfig -ConfigurationSource ", "REPOSITORY,API")]
    [InlineData("New-ARInstanceConfig -Cpu ", "'0.25 vCPU','0.5 vCPU','1 vCPU','2 vCPU','4 vCPU'")]
    [InlineData("New-ARInstanceConfig -Cpu 2 -Memory ", "'4 GB','6 GB'")]
    [InlineData("Update-ARService web -Cpu '0.25 vCPU' -Memory ", "'0.5 GB','1 GB'")]
    [InlineData("New-ARService -Cpu 512 -Memory ", "'1 GB'")]
    [InlineData("New-ARService -Memory '1", "'1 GB','10 GB','12 GB'")]
    [InlineData("Get-ARService -Status r", "RUNNING")]
    [InlineData("Get-AROperation web -Status roll", "ROLLBACK_IN_PROGRESS,ROLLBACK_FAILED,ROLLBACK_SUCCEEDED")]
    [InlineData("Get-AROperation web -Type pau", "PAUSE_SERVICE")]
    [InlineData("New-ARHealthCheckConfig -Protocol ", "TCP,HTTP")]
    [InlineData("New-ARNetworkConfig -IpAddressType d", "DUAL_STACK")]
    [InlineData("New-ARNetworkConfig -EgressType ", "DEFAULT,VPC")]
    [InlineData("New-ARConnection github ", "GITHUB,BITBUCKET")]
    [InlineData("New-ARConnection github -ProviderType b", "BITBUCKET")]
    [InlineData("Get-ARConnection -Status p", "PENDING_HANDSHAKE")]
    [InlineData("New-ARObservabilityConfiguration tracing ", "AWSXRAY")]
    [InlineData("New-ARObservabilityConfiguration tracing -TracingVendor aws", "AWSXRAY")]
    [InlineData("Get-ARCustomDomain web -Status cr", "CREATING,CREATE_FAILED")]
    [InlineData("Get-ARVpcConnector -Region eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("New-ARVpcConnector database subnet-1 -Region us-w", "us-west-2")]
    public void Known_values_are_completed(string line, string expected) => session.Complete(line).ShouldBe(expected.Split(','));

    [Fact]
    public void All_known_regions_and_runtimes_are_completed()
    {
        session.Complete("Get-ARService -Region ").ShouldBe(OneOfAttribute.ValuesOf(typeof(KnownRegion)));
        session.Complete("New-ARService -Runtime ").ShouldBe(OneOfAttribute.ValuesOf(typeof(Runtime)));
    }

    [Fact]
    public void Names_that_were_read_before_are_completed_without_a_call()
    {
        session.NewService("web-one");
        session.NewService("web-two");
        session.NewService("shop");
        var before = session.Endpoint.RequestCount;

        foreach (var command in new[] { "Get-ARService", "Update-ARService", "Remove-ARService", "Suspend-ARService", "Resume-ARService", "Start-ARDeployment", "Get-AROperation", "Wait-AROperation", "Add-ARCustomDomain", "Get-ARCustomDomain", "Remove-ARCustomDomain", "Add-ARResourceTag", "Get-ARResourceTag", "Remove-ARResourceTag", "New-ARVpcIngressConnection inside", "Get-ARVpcIngressConnection -Service" })
            session.Complete(command + " web").ShouldBe(["web-one", "web-two"], command);

        session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Completion_adds_listed_names_and_removes_deleted_ones()
    {
        session.NewService("web-one");
        using var other = Session.Plain();
        other.Run($"Set-ARContext -Region us-east-1 -EndpointUrl {session.Endpoint.EndpointUrl} -AccessKey {session.Endpoint.AccessKey} -SecretKey {session.Endpoint.SecretKey}").ShouldBeClean();
        other.Complete("Get-ARService web").ShouldNotContain("web-one");

        other.Run("Get-ARService").Output.Count.ShouldBe(1);
        other.Complete("Get-ARService web").ShouldBe(["web-one"]);

        session.Run("Remove-ARService web-one -Confirm:$false -Wait -PollInterval 0.02").ShouldBeClean();
        session.Complete("Get-ARService web").ShouldNotContain("web-one");
    }
}
