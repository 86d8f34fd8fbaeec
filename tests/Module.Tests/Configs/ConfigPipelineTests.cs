using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Configs;

/// <summary>The New-AR…Config cmdlets change what they make, and what a service or a definition has of it.</summary>
public sealed class ConfigPipelineTests : IDisposable
{
    private const string Connector = "arn:aws:apprunner:us-east-1:000000000000:vpcconnector/way-out/1/0123456789abcdef0123456789abcdef";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("(Get-ARService web1).HealthCheckConfiguration")]
    [InlineData("Get-ARService web1")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 9 | ConvertFrom-Json")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 9 | ConvertFrom-Json -AsHashtable")]
    [InlineData("(Get-ARService web1).HealthCheckConfiguration | ConvertTo-Json | ConvertFrom-Json")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'x'; HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/up'; Interval = 5; Timeout = 2; HealthyThreshold = 1; UnhealthyThreshold = 5 } }")]
    [InlineData("New-ARHealthCheckConfig HTTP /up -Interval 5 -Timeout 2 -HealthyThreshold 1 -UnhealthyThreshold 5")]
    public void Parameters_are_laid_over_the_object(string input)
    {
        session.NewService("web1", "-HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/up' }");

        var check = session.Run($"{input} | New-ARHealthCheckConfig -Interval 10").All<HealthCheckConfiguration>().ShouldHaveSingleItem();

        (check.Protocol, check.Path, check.Interval, check.Timeout, check.HealthyThreshold, check.UnhealthyThreshold).ShouldBe(("HTTP", "/up", 10, 2, 1, 5));
    }

    [Fact]
    public void The_object_itself_is_not_changed()
    {
        session.Run("$check = New-ARHealthCheckConfig -Interval 5; $null = $check | New-ARHealthCheckConfig -Interval 10; $check").All<HealthCheckConfiguration>().Single().Interval.ShouldBe(5);
    }

    [Fact]
    public void A_list_gives_a_list_by_pipeline_and_by_parameter()
    {
        session.NewService("web1");
        session.NewService("web2", "-Cpu 2048 -Memory 4096");

        foreach (var line in new[] { "Get-ARService web1, web2 | New-ARInstanceConfig -Memory '4 GB'", "New-ARInstanceConfig -InputObject (Get-ARService web1, web2) -Memory '4 GB'" })
            session.Run(line).All<InstanceConfiguration>().Select(instance => $"{instance.Cpu}/{instance.Memory}").ShouldBe(["1024/4 GB", "2048/4 GB"], line);
    }

    [Fact]
    public void A_source_needs_no_mandatory_parameter_if_it_is_piped()
    {
        session.NewService("web1", "-Port 80 -EnvironmentVariable @{ LEVEL = 'info' }");

        var image = session.Run("(Get-ARService web1).SourceConfiguration | New-ARSourceConfig -Port 9000").All<SourceConfiguration>().Single().ImageRepository!;
        (image.ImageIdentifier, image.ImageConfiguration!.Port, image.ImageConfiguration.RuntimeEnvironmentVariables!["LEVEL"]).ShouldBe((Session.Image, "9000", "info"));
        session.Run("Get-ARService web1 | New-ARSourceConfig public.ecr.aws/nginx/nginx:2").All<SourceConfiguration>().Single().ImageRepository!.ImageConfiguration!.Port.ShouldBe("80");
        session.Run("Get-ARService web1 | New-ARSourceConfig -RepositoryUrl https://example.com/a/b").ErrorWith("InvalidParameter");
    }

    [Fact]
    public void Network_settings_keep_what_is_not_given()
    {
        var network = session.Run($"@{{ EgressConfiguration = @{{ EgressType = 'VPC'; VpcConnectorArn = '{Connector}' }}; IpAddressType = 'IPV4' }} | New-ARNetworkConfig -IsPubliclyAccessible $false").All<NetworkConfiguration>().Single();
        (network.EgressConfiguration!.VpcConnectorArn, network.IngressConfiguration!.IsPubliclyAccessible, network.IpAddressType).ShouldBe((Connector, false, "IPV4"));

        session["network"] = network;
        session.Run("$network | New-ARNetworkConfig -EgressType DEFAULT").All<NetworkConfiguration>().Single().EgressConfiguration!.VpcConnectorArn.ShouldBeNull();
        session.Run($"@{{ EgressConfiguration = @{{ EgressType = 'DEFAULT' }} }} | New-ARNetworkConfig -VpcConnectorArn {Connector}").All<NetworkConfiguration>().Single().EgressConfiguration!.EgressType.ShouldBe("VPC");
    }

    [Theory]
    [InlineData("[ordered]@{ Intervall = 1; Timeout = 'x' }", "Intervall", "Timeout")]
    [InlineData("[pscustomobject]@{ Interval = 5; Owner = 'me' }", "Owner")]
    [InlineData("@{ HealthCheckConfiguration = @{ Intervall = 1 } }", "HealthCheckConfiguration.Intervall")]
    [InlineData("Get-Item /", "InputObject")]
    [InlineData("'text'", "InputObject")]
    [InlineData("$null", "InputObject")]
    [InlineData("Get-ARService", "")]
    public void An_object_that_does_not_fit_is_an_error_with_paths(string input, params string[] paths)
    {
        session.NewService("web1");

        var error = session.Run($"{input} | New-ARHealthCheckConfig").ErrorWith("InvalidParameter");

        if (paths is [""])
            error.ToString().ShouldContain("Get-ARService web1 | New-ARHealthCheckConfig");
        else
            ((InvalidParameterException)error.Exception).Problems.Select(problem => problem.Path).ShouldBe(paths);
    }

    [Fact]
    public void Values_of_a_record_are_not_used_for_the_next()
    {
        session.Run("@{ Interval = 3; Path = '/up'; Protocol = 'HTTP' }, @{ Timeout = 6 }, @{ Intervall = 1 }, @{} | New-ARHealthCheckConfig -ErrorAction SilentlyContinue").Output.Select(output => (HealthCheckConfiguration)output!.BaseObject)
            .Select(check => (check.Protocol, check.Path, check.Interval, check.Timeout)).ShouldBe([("HTTP", "/up", 3, null), (null, null, null, 6), (null, null, null, null)]);
    }

    [Fact]
    public void A_script_block_calculates_a_parameter_from_each_object()
    {
        session.Run("[pscustomobject]@{ Title = 'a'; Every = 4 }, @{ Every = 5 } | New-ARHealthCheckConfig -Interval { $_.Every }").All<HealthCheckConfiguration>().Select(check => check.Interval).ShouldBe([4, 5]);
    }
}
