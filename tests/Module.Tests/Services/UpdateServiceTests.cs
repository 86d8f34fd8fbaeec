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
    public void Only_given_members_are_sent()
    {
        var service = session.Run("Update-ARService web1 -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } }").Service;

        service.OperationId.ShouldNotBeNullOrEmpty();
        var body = relay.BodyOf("UpdateService");
        body.Select(member => member.Key).ShouldBe(["ServiceArn", "NetworkConfiguration"], ignoreOrder: true);
        JsonNode.DeepEquals(body["NetworkConfiguration"], JsonNode.Parse("""{"IngressConfiguration":{"IsPubliclyAccessible":false}}""")).ShouldBeTrue();
    }

    [Fact]
    public void A_partial_health_check_is_merged_with_the_current_one()
    {
        session.Run("Update-ARService web1 -HealthCheckConfiguration @{ Interval = 4 }").ShouldBeClean();

        var body = relay.BodyOf("UpdateService");
        body.Select(member => member.Key).ShouldBe(["ServiceArn", "HealthCheckConfiguration"], ignoreOrder: true);
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

    [Fact]
    public void An_update_without_settings_is_an_error()
    {
        session.Run("Update-ARService web1").ErrorWith("InvalidParameter").ToString().ShouldContain("Nothing to change");

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
}
