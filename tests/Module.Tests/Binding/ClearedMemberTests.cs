using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>What an update leaves, changes and clears, depending on how a value is given.</summary>
public sealed class ClearedMemberTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public ClearedMemberTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0");
        session.NewService("web1", "-Port 81 -StartCommand 'run it' -EnvironmentVariable @{ A = 'b' } -InstanceRoleArn arn:aws:iam::123456789012:role/app -HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/up'; Interval = 11 }");
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("@{ ServiceName = 'web1'; StartCommand = $null } | Update-ARService")]
    [InlineData("@{ ServiceName = 'web1'; SourceConfiguration = @{ ImageRepository = @{ ImageConfiguration = @{ StartCommand = $null } } } } | Update-ARService")]
    [InlineData("Update-ARService web1 -SourceConfiguration @{ ImageRepository = @{ ImageConfiguration = @{ StartCommand = $null } } }")]
    [InlineData("$s = (Get-ARService web1).SourceConfiguration; $s.ImageRepository.ImageConfiguration.StartCommand = $null; Update-ARService web1 -SourceConfiguration $s")]
    [InlineData("$s = (Get-ARService web1).SourceConfiguration; $s.ImageRepository.ImageConfiguration.StartCommand = ''; @{ ServiceName = 'web1'; SourceConfiguration = $s } | Update-ARService")]
    public void StartCommand_is_cleared_and_the_rest_of_the_source_is_kept(string command)
    {
        session.Run(command).ShouldBeClean();

        var source = relay.BodyOf("UpdateService")["SourceConfiguration"]!;
        source["ImageRepository"]!["ImageConfiguration"]!.AsObject().Remove("RuntimeEnvironmentSecrets");
        JsonNode.DeepEquals(source["ImageRepository"], JsonNode.Parse("""{"ImageIdentifier":"public.ecr.aws/nginx/nginx:1","ImageRepositoryType":"ECR_PUBLIC","ImageConfiguration":{"Port":"81","RuntimeEnvironmentVariables":{"A":"b"}}}""")).ShouldBeTrue(source.ToJsonString());
    }

    [Theory]
    [InlineData("Update-ARService web1 -InstanceConfiguration @{ InstanceRoleArn = $null }")]
    [InlineData("@{ ServiceName = 'web1'; InstanceRoleArn = $null } | Update-ARService")]
    [InlineData("[ordered]@{ ServiceName = 'web1'; InstanceConfiguration = [ordered]@{ InstanceRoleArn = $null } } | Update-ARService")]
    public void InstanceRoleArn_is_left_out_and_a_warning_says_that_App_Runner_keeps_it(string command)
    {
        session.Run(command).ShouldBeClean().Warnings.ShouldHaveSingleItem().ShouldContain("App Runner keeps the role of a service then");

        relay.BodyOf("UpdateService")["InstanceConfiguration"]!.ToJsonString().ShouldBe("""{"Cpu":"1024","Memory":"2048"}""");
    }

    [Theory]
    [InlineData("@{ ServiceName = 'web1'; EnvironmentVariable = $null } | Update-ARService")]
    [InlineData("@{ ServiceName = 'web1'; SourceConfiguration = @{ ImageRepository = @{ ImageConfiguration = @{ RuntimeEnvironmentVariables = $null } } } } | Update-ARService")]
    public void A_map_is_cleared(string command)
    {
        session.Run(command).ShouldBeClean();

        relay.BodyOf("UpdateService")["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!.AsObject().Select(member => member.Key).Except(["RuntimeEnvironmentSecrets"]).ShouldBe(["StartCommand", "Port"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("-HealthCheckConfiguration @{ Path = $null; Interval = 4 }", """{"Protocol":"HTTP","Interval":4,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5}""")]
    [InlineData("-HealthCheckConfiguration @{ Path = $none; Interval = 4 }", """{"Protocol":"HTTP","Path":"/up","Interval":4,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5}""")]
    [InlineData("-HealthCheckConfiguration ([pscustomobject]@{ Path = $null; Interval = 4 })", """{"Protocol":"HTTP","Path":"/up","Interval":4,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5}""")]
    [InlineData("-HealthCheckConfiguration $typed", """{"Protocol":"HTTP","Path":"/up","Interval":4,"Timeout":2,"HealthyThreshold":1,"UnhealthyThreshold":5}""")]
    public void Only_a_literal_null_of_a_dictionary_clears(string parameter, string expected)
    {
        session["typed"] = new HealthCheckConfiguration { Path = string.Empty, Interval = 4 };

        session.Run($"$none = 1 | Where-Object {{ $false }}; Update-ARService web1 {parameter}").ShouldBeClean();

        JsonNode.DeepEquals(relay.BodyOf("UpdateService")["HealthCheckConfiguration"], JsonNode.Parse(expected)).ShouldBeTrue(relay.BodyOf("UpdateService").ToJsonString());
    }

    [Theory]
    [InlineData("@{ ImageRepository = @{ ImageConfiguration = @{ Port = 82 } } }", "82", "run it", "A")]
    [InlineData("([pscustomobject]@{ ImageRepository = [pscustomobject]@{ ImageConfiguration = [pscustomobject]@{ Port = 82 } } })", "82", "run it", "A")]
    [InlineData("@{ ImageRepository = @{ ImageConfiguration = @{ RuntimeEnvironmentVariables = @{ B = 'c' } } } }", "81", "run it", "B")]
    [InlineData("@{ ImageRepository = @{ ImageIdentifier = 'public.ecr.aws/nginx/nginx:2' } }", "81", "run it", "A")]
    [InlineData("$typed", "82", null, null)]
    [InlineData("@{ ImageRepository = $typed.ImageRepository }", "82", null, null)]
    public void A_source_of_named_members_is_a_patch_and_a_typed_one_is_whole(string source, string port, string? command, string? variable)
    {
        session["typed"] = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = Session.Image, ImageRepositoryType = "ECR_PUBLIC", ImageConfiguration = new ImageConfiguration { Port = "82" } } };

        session.Run($"Update-ARService web1 -SourceConfiguration {source}").ShouldBeClean();

        var run = relay.BodyOf("UpdateService")["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!;
        ((string?)run["Port"]).ShouldBe(port);
        ((string?)run["StartCommand"]).ShouldBe(command);
        run["RuntimeEnvironmentVariables"]?.AsObject().Select(pair => pair.Key).ShouldBe([variable!]);
        (run["RuntimeEnvironmentVariables"] is null).ShouldBe(variable is null);
    }

    [Theory]
    [InlineData("NetworkConfiguration")]
    [InlineData("ObservabilityConfiguration")]
    [InlineData("AutoScalingConfigurationArn")]
    [InlineData("InstanceConfiguration")]
    [InlineData("HealthCheckConfiguration")]
    [InlineData("SourceConfiguration")]
    [InlineData("ImageIdentifier")]
    [InlineData("Branch")]
    public void What_an_update_cannot_clear_is_an_error(string member)
    {
        session.Run($"@{{ ServiceName = 'web1'; Port = 82; {member} = $null }} | Update-ARService").ErrorWith(ErrorIds.InvalidParameter).ToString()
            .ShouldStartWith($"{member}: cannot be cleared: an update leaves unchanged what it does not name.");

        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_parameter_replaces_what_the_input_clears()
    {
        session.Run("@{ ServiceName = 'web1'; StartCommand = $null; NetworkConfiguration = $null } | Update-ARService -StartCommand 'run other' -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK' }").ShouldBeClean();

        var body = relay.BodyOf("UpdateService");
        ((string?)body["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!["StartCommand"]).ShouldBe("run other");
        ((string?)body["NetworkConfiguration"]!["IpAddressType"]).ShouldBe("DUAL_STACK");
    }

    [Fact]
    public void A_source_of_the_other_kind_is_one_error()
    {
        session.Run("Update-ARService web1 -SourceConfiguration @{ CodeRepository = @{ RepositoryUrl = 'https://github.com/o/n'; SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' } } }").ErrorWith(ErrorIds.InvalidParameter).ToString()
            .ShouldContain("cannot change the kind of source");
    }

    [Fact]
    public void Clearing_what_the_service_does_not_have_changes_nothing()
    {
        session.NewService("web2");
        session.Run("@{ ServiceName = 'web2'; StartCommand = $null; InstanceConfiguration = @{ InstanceRoleArn = $null } } | Update-ARService").ShouldBeClean().Warnings.ShouldHaveSingleItem().ShouldContain("already has these settings");

        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_short_member_is_not_cleared_in_a_source_that_replaces_it()
    {
        session["source"] = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = Session.Image, ImageRepositoryType = "ECR_PUBLIC", ImageConfiguration = new ImageConfiguration { StartCommand = "run new" } } };

        session.Run("@{ ServiceName = 'web1'; StartCommand = $null } | Update-ARService -SourceConfiguration $source").ShouldBeClean();

        ((string?)relay.BodyOf("UpdateService")["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!["StartCommand"]).ShouldBe("run new");
    }

    [Fact]
    public void An_empty_cell_of_a_row_changes_nothing()
    {
        session.Run("[pscustomobject]@{ ServiceName = 'web1'; Port = '82'; StartCommand = ''; InstanceRoleArn = '' } | Update-ARService").ShouldBeClean();

        var body = relay.BodyOf("UpdateService");
        body.ContainsKey("InstanceConfiguration").ShouldBeFalse();
        ((string?)body["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!["StartCommand"]).ShouldBe("run it");
    }
}
