using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class UpdateServiceTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public UpdateServiceTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0");
        session.NewService("web1", "-Cpu 1 -Memory 3 -Port 81 -StartCommand 'run it' -EnvironmentVariable @{ A = 'b' } -HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/up'; Interval = 11; Timeout = 7 }");
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Fact]
    public void Only_given_members_and_the_source_are_sent()
    {
        var service = session.Run("Update-ARService web1 -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } }").Service;

        service.OperationId.ShouldNotBeNullOrEmpty();
        var body = relay.BodyOf("UpdateService");
        body.Select(member => member.Key).ShouldBe(["ServiceArn", "SourceConfiguration", "NetworkConfiguration"], ignoreOrder: true);
        body["SourceConfiguration"]!.ToJsonString().ShouldBe("""{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageConfiguration":{"RuntimeEnvironmentVariables":{"A":"b"},"StartCommand":"run it","Port":"81"},"ImageRepositoryType":"ECR_PUBLIC"},"AutoDeploymentsEnabled":false}""");
        JsonNode.DeepEquals(body["NetworkConfiguration"], JsonNode.Parse("""{"IngressConfiguration":{"IsPubliclyAccessible":false}}""")).ShouldBeTrue();
    }

    [Fact]
    public void A_partial_health_check_is_merged_with_the_current_one()
    {
        session.Run("Update-ARService web1 -HealthCheckConfiguration @{ Interval = 4 }").ShouldBeClean();

        var body = relay.BodyOf("UpdateService");
        body.Select(member => member.Key).ShouldBe(["ServiceArn", "SourceConfiguration", "HealthCheckConfiguration"], ignoreOrder: true);
        var check = body["HealthCheckConfiguration"]!;
        ((int)check["Interval"]!).ShouldBe(4);
        ((int)check["Timeout"]!).ShouldBe(7);
        ((string)check["Protocol"]!).ShouldBe("HTTP");
        ((string)check["Path"]!).ShouldBe("/up");
    }

    [Theory]
    [InlineData("-Memory 4")]
    [InlineData("-InstanceConfiguration @{ Memory = 4GB }")]
    public void A_partial_instance_configuration_is_merged_with_the_current_one(string parameter)
    {
        session.Run("Update-ARService web1 " + parameter).ShouldBeClean();

        var instance = relay.BodyOf("UpdateService")["InstanceConfiguration"]!;
        ((string)instance["Cpu"]!).ShouldBe("1024");
        ((string)instance["Memory"]!).ShouldBe("4 GB");
    }

    [Fact]
    public void Cpu_is_validated_with_the_current_memory_before_the_request()
    {
        var error = session.Run("Update-ARService web1 -Cpu 4").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("4 vCPU cannot have 3 GB");
        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_new_image_keeps_the_current_run_settings()
    {
        var service = session.Run("Update-ARService web1 -ImageIdentifier public.ecr.aws/nginx/nginx:2 -Wait -PollInterval 0.02").Service;

        service.SourceConfiguration!.ImageRepository!.ImageIdentifier.ShouldBe("public.ecr.aws/nginx/nginx:2");
        service.SourceConfiguration.ImageRepository.ImageConfiguration!.Port.ShouldBe("81");
        service.SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand.ShouldBe("run it");
        service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables!["A"].ShouldBe("b");
        relay.BodyOf("UpdateService").Select(member => member.Key).ShouldBe(["ServiceArn", "SourceConfiguration"], ignoreOrder: true);
    }

    [Fact]
    public void The_environment_variables_are_replaced()
    {
        var service = session.Run("Update-ARService web1 -EnvironmentVariable @{ C = 'd' } -Wait -PollInterval 0.02").Service;

        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!.Select(pair => pair.Key + "=" + pair.Value).ShouldBe(["C=d"]);
        service.SourceConfiguration.ImageRepository.ImageConfiguration.Port.ShouldBe("81");
    }

    [Fact]
    public void An_update_cannot_change_the_kind_of_source()
    {
        var error = session.Run("Update-ARService web1 -RepositoryUrl https://github.com/o/n -Branch main").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("cannot change the kind");
        relay.CountOf("UpdateService").ShouldBe(0);
    }

    // Neither is a problem alone; the service has the other one.
    [Fact]
    public void A_private_service_with_DUAL_STACK_is_a_warning_of_the_update_that_makes_it()
    {
        const string Private = "@{ IngressConfiguration = @{ IsPubliclyAccessible = $false } }";
        session.Run("Update-ARService web1 -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK' } -Wait -PollInterval 0.02").Warnings.ShouldBeEmpty();
        Warned($"Update-ARService web1 -NetworkConfiguration {Private} -Wait -PollInterval 0.02");
        Warned("Update-ARService web1 -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK' } -WhatIf");
        session.Run("Update-ARService web1 -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK'; IngressConfiguration = @{ IsPubliclyAccessible = $true } } -WhatIf").Warnings.ShouldBeEmpty();
        session.Run("Update-ARService web1 -Port 82 -WhatIf").Warnings.ShouldBeEmpty();

        void Warned(string command) => session.Run(command).Warnings.ShouldHaveSingleItem().ShouldContain("is DUAL_STACK, but App Runner uses IPV4 for a private service.");
    }

    [Fact]
    public void An_update_without_settings_is_an_error()
    {
        var error = session.Run("Update-ARService web1").ErrorWith("InvalidParameter");
        error.ToString().ShouldContain("Nothing to change");
        error.ErrorDetails.RecommendedAction.ShouldBe("Nothing was changed. Add what to change to the command.");

        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void An_unknown_key_is_an_error_before_any_call()
    {
        var before = relay.Operations.Count;

        session.Run("Update-ARService web1 -HealthCheckConfiguration @{ Intervall = 4 }").ErrorWith("InvalidParameter").ToString()
            .ShouldBe("HealthCheckConfiguration.Intervall: is not a known member. Did you mean \"Interval\"?");

        relay.Operations.Count.ShouldBe(before);
    }

    [Fact]
    public void Several_services_get_the_same_update()
    {
        session.NewService("web2");

        session.Run("Get-ARService | Update-ARService -Memory 2 -ThrottleLimit 4").Services.Select(service => service.ServiceName).Order().ShouldBe(["web1", "web2"]);
    }

    [Fact]
    public void Config_objects_can_be_used_for_an_update()
    {
        session.Run("New-ARHealthCheckConfig -Interval 6 | ForEach-Object { Update-ARService web1 -HealthCheckConfiguration $_ }").ShouldBeClean();

        ((string)relay.BodyOf("UpdateService")["HealthCheckConfiguration"]!["Path"]!).ShouldBe("/up");
    }

    [Theory]
    [InlineData("-Port 81")]
    [InlineData("-Cpu '1 vCPU' -Memory 3072")]
    [InlineData("-InstanceConfiguration @{ Cpu = 1024; Memory = '3 GB' }")]
    [InlineData("-EnvironmentVariable @{ A = 'b' } -StartCommand 'run it'")]
    [InlineData("-SetEnvironmentVariable @{ A = 'b' }")]
    [InlineData("-RemoveEnvironmentVariable NONE")]
    [InlineData("-EnvironmentSecret @{}")]
    [InlineData("-HealthCheckConfiguration @{ Protocol = 'http'; Path = '/up' }")]
    [InlineData("-NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $true } }")]
    [InlineData("-NetworkConfiguration (New-ARNetworkConfig -EgressType DEFAULT -IpAddressType IPV4)")]
    [InlineData("-ObservabilityConfiguration @{ ObservabilityEnabled = $false }")]
    [InlineData("-SourceConfiguration (Get-ARService web1).SourceConfiguration")]
    [InlineData("-AutoScalingConfigurationArn DefaultConfiguration")]
    [InlineData("-AutoScalingConfigurationArn DefaultConfiguration/1")]
    [InlineData("-AutoScalingConfigurationArn (Get-ARService web1)")]
    [InlineData("-AutoScalingConfigurationArn ((Get-ARService web1).AutoScalingConfigurationSummary.AutoScalingConfigurationArn -replace '/1/.*')")]
    public void An_update_that_changes_nothing_warns_and_is_not_sent(string parameters)
    {
        foreach (var mode in new[] { "-WhatIf", "-Wait", string.Empty })
        {
            var result = session.Run($"Update-ARService web1 {parameters} {mode}").ShouldBeClean();

            result.Warnings[^1].ShouldBe("web1 (us-east-1) already has these settings, so no update was sent. Use -Force to send it, or Start-ARDeployment to deploy the source again.");
            result.Service.ServiceName.ShouldBe("web1");
        }

        relay.CountOf("UpdateService").ShouldBe(0);
        session.Run($"Update-ARService web1 {parameters} -Force").Service.OperationId.ShouldNotBeNullOrEmpty();
        relay.CountOf("UpdateService").ShouldBe(1);
    }

    [Fact]
    public void An_ARN_without_a_revision_means_the_latest_one()
    {
        session.Run("$first = New-ARAutoScalingConfiguration high -MaxSize 3; Update-ARService web1 -AutoScalingConfigurationArn $first; $null = New-ARAutoScalingConfiguration high -MaxSize 4").ShouldBeClean();

        session.Run("Update-ARService web1 -AutoScalingConfigurationArn ($first.AutoScalingConfigurationArn -replace '/1/.*')").ShouldBeClean().Warnings.ShouldBeEmpty();

        relay.CountOf("UpdateService").ShouldBe(2);
        session.Run("Get-ARService web1").Service.AutoScalingConfigurationSummary!.AutoScalingConfigurationRevision.ShouldBe(2);
    }

    [Fact]
    public void A_service_that_could_not_be_created_is_updated_with_the_same_settings()
    {
        session.Endpoint.SetNextOutcome("FAILED", "CREATE_SERVICE");
        session.Run($"New-ARService web2 {Session.Image} -Wait -PollInterval 0.02").Errors.ShouldHaveSingleItem();

        session.Run($"Update-ARService web2 -ImageIdentifier {Session.Image}").ShouldBeClean().Warnings.ShouldBeEmpty();

        relay.CountOf("UpdateService").ShouldBe(1);
    }

    [Fact]
    public void A_change_of_one_of_several_settings_is_sent()
    {
        session.Run("Update-ARService web1 -Port 81 -Memory 4").ShouldBeClean().Warnings.ShouldBeEmpty();

        relay.CountOf("UpdateService").ShouldBe(1);
    }
}
