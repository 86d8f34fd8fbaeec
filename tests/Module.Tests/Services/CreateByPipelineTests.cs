using System;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class CreateByPipelineTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_CreateServiceRequest_is_sent_unchanged()
    {
        session["request"] = new CreateServiceRequest
        {
            ServiceName = "typed",
            SourceConfiguration = new SourceConfiguration { ImageRepository = new ImageRepository { ImageIdentifier = Session.Image, ImageRepositoryType = ImageRepositoryType.EcrPublic } },
            HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 9 },
        };

        var service = session.Run("$request | New-ARService").Service;

        service.ServiceName.ShouldBe("typed");
        service.HealthCheckConfiguration!.Interval.ShouldBe(9);
    }

    [Fact]
    public void A_hashtable_can_be_a_complete_nested_request()
    {
        var service = session.Run(
            """
            @{
                serviceName = 'table'
                SOURCECONFIGURATION = @{ ImageRepository = @{ ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; ImageRepositoryType = 'ECR_PUBLIC'
                    ImageConfiguration = @{ RuntimeEnvironmentVariables = @{ Number = 1.5; Empty = '' } } } }
                Tags = @(@{ Key = 'team'; Value = 'shop' })
            } | New-ARService
            """).Service;

        service.ServiceName.ShouldBe("table");
        var variables = service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!;
        variables["Number"].ShouldBe("1.5");
        variables["Empty"].ShouldBe(string.Empty);
    }

    [Fact]
    public void A_deserialized_service_is_complete()
    {
        session.NewService("image", "-EnvironmentVariable @{ STAGE = 'dev' } -HealthCheckConfiguration @{ Interval = 9 }");
        session.Run($"New-ARService code -RepositoryUrl https://github.com/owner/site -ConnectionArn {session.NewConnection()} -Runtime NODEJS_22 -EnvironmentVariable @{{ STAGE = 'test' }}").ShouldBeClean();

        var copies = session.Run(
            """
            foreach ($name in 'image', 'code') {
                $read = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-ARService $name -Detailed)))
                $read | New-ARService -ServiceName "$name-copy"
            }
            """).All<Service>().ToArray();

        copies.Length.ShouldBe(2);
        copies[0].SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!["STAGE"].ShouldBe("dev");
        copies[0].HealthCheckConfiguration!.Interval.ShouldBe(9);
        copies[1].SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.RuntimeEnvironmentVariables!["STAGE"].ShouldBe("test");
    }

    [Fact]
    public void A_hashtable_can_use_the_short_names()
    {
        var service = session.Run("@{ Name = 'short'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Port = 81; Cpu = 0.25; Memory = 512MB; EnvironmentVariable = @{ A = 'b' } } | New-ARService").Service;

        service.ServiceName.ShouldBe("short");
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81");
        service.InstanceConfiguration!.Cpu.ShouldBe("256");
        service.InstanceConfiguration.Memory.ShouldBe("512");
    }

    [Fact]
    public void An_object_from_JSON_is_accepted_with_lists_and_numbers()
    {
        var service = session.Run(
            """
            [pscustomobject]@{
                ServiceName = 'json'
                SourceConfiguration = [pscustomobject]@{ ImageRepository = [pscustomobject]@{ ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; ImageRepositoryType = 'ECR_PUBLIC' }; AutoDeploymentsEnabled = $false }
                HealthCheckConfiguration = [pscustomobject]@{ Protocol = 'HTTP'; Path = '/up'; Interval = [long]6; Timeout = 3.0 }
                Tags = @([pscustomobject]@{ Key = 'a'; Value = '1' }, [pscustomobject]@{ Key = 'b'; Value = '2' })
            } | New-ARService
            """).Service;

        service.HealthCheckConfiguration!.Interval.ShouldBe(6);
        service.HealthCheckConfiguration.Timeout.ShouldBe(3);
        service.SourceConfiguration!.AutoDeploymentsEnabled.ShouldBe(false);
    }

    [Fact]
    public void CSV_rows_are_accepted_and_empty_cells_are_not_given()
    {
        var services = session.Run(
            """
            [pscustomobject]@{ Name = 'row1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Port = '80'; Cpu = '0.5'; Memory = '1'; AutoDeploymentsEnabled = 'FALSE'; Tag = 'team=shop;env=dev'; EnvironmentVariable = 'A=1;B=x=y'; AccessRoleArn = '' },
            [pscustomobject]@{ Name = 'row2'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:2'; Port = ''; Cpu = ''; Memory = ''; AutoDeploymentsEnabled = ''; Tag = ''; EnvironmentVariable = ''; AccessRoleArn = '' } | New-ARService
            """).Services;

        services.Select(service => service.ServiceName).ShouldBe(["row1", "row2"]);
        services[0].InstanceConfiguration!.Memory.ShouldBe("1024");
        services[0].SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!["B"].ShouldBe("x=y");
        services[1].SourceConfiguration!.ImageRepository!.ImageConfiguration?.RuntimeEnvironmentVariables?.Count.ShouldBe(0);
    }

    [Fact]
    public void A_service_is_copied_with_a_new_name()
    {
        var original = session.NewService("first", "-Cpu 2 -Memory 6 -Port 99 -EnvironmentVariable @{ A = 'b' } -HealthCheckConfiguration @{ Interval = 11 }");

        var copy = session.Run("Get-ARService first | New-ARService -ServiceName second -Memory 4").Service;

        copy.ServiceName.ShouldBe("second");
        copy.ServiceArn.ShouldNotBe(original.ServiceArn);
        copy.InstanceConfiguration!.Cpu.ShouldBe("2048");
        copy.InstanceConfiguration.Memory.ShouldBe("4096");
        copy.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("99");
        copy.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables!["A"].ShouldBe("b");
        copy.HealthCheckConfiguration!.Interval.ShouldBe(11);
        copy.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn.ShouldBe(original.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn);
    }

    [Fact]
    public void Parameters_take_precedence_over_the_definition_and_tags_are_merged()
    {
        using var watched = Session.Relayed(out var relay, "-OperationDuration 0");
        var result = watched.Run("@{ ServiceName = 'both'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Port = 80; Tag = @{ a = 1; b = 2 } } | New-ARService -Port 81 -Tag @{ b = 3 }");

        result.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81");
        var tags = relay.BodyOf("CreateService")["Tags"]!.AsArray().ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!);
        tags.Select(tag => tag.Key + "=" + tag.Value).Order().ShouldBe(["a=1", "b=3"]);
    }

    [Fact]
    public void An_unknown_member_of_a_definition_is_reported_with_its_path()
    {
        var error = session.Run("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; SourceConfiguration = @{ ImageRepositry = @{} } } | New-ARService").ErrorWith("InvalidParameter");

        error.ToString().ShouldBe("SourceConfiguration.ImageRepositry: is not a known member. Did you mean \"ImageRepository\"?");
        error.TargetObject.ShouldBe("web1");
    }

    [Theory]
    [InlineData("42")]
    [InlineData("'text'")]
    [InlineData("(Get-Date)")]
    [InlineData("@{}")]
    [InlineData(",@(1,2)")]
    [InlineData("{ 1 }")]
    public void An_input_that_is_not_a_definition_is_one_error(string input)
    {
        var result = session.Run($"{input} | New-ARService");

        result.Ended.ShouldBeNull();
        result.Errors.ShouldNotBeEmpty();
        result.Errors.ShouldAllBe(error => error.Id() == "InvalidParameter");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("ServiceName = '-x'")]
    [InlineData("Cpu = 3")]
    public void The_TargetObject_of_an_error_does_not_contain_secrets(string member)
    {
        var error = session.Run($"@{{ ImageIdentifier = 'nginx'; StartCommand = 'run --key sesame'; {member} }} | New-ARService").ErrorWith("InvalidParameter");

        (error.TargetObject is null or "-x").ShouldBeTrue();
    }

    [Fact]
    public void An_invalid_definition_does_not_stop_the_others()
    {
        var result = session.Run(
            """
            @{ ServiceName = 'good1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1' }, @{ ServiceName = '-bad-'; ImageIdentifier = 'nginx' }, @{ ServiceName = 'good2'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1' } | New-ARService
            """);

        result.Output.Select(item => ((Service)item!.BaseObject).ServiceName).ShouldBe(["good1", "good2"]);
        result.ErrorWith("InvalidParameter").TargetObject.ShouldBe("-bad-");
    }

    [Fact]
    public void ErrorAction_Stop_ends_at_the_first_invalid_definition()
    {
        var result = session.Run(
            """
            @{ ServiceName = '-bad-' }, @{ ServiceName = 'good2'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1' } | New-ARService -ErrorAction Stop
            """);

        result.Ended.ShouldBeAssignableTo<RuntimeException>()!.ErrorRecord.Id().ShouldBe("InvalidParameter");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void ErrorAction_SilentlyContinue_keeps_the_error_in_the_Error_variable()
    {
        var result = session.Run("@{ ServiceName = '-bad-' } | New-ARService -ErrorAction SilentlyContinue -ErrorVariable kept; $kept.Count; $kept[0].FullyQualifiedErrorId");

        result.Errors.ShouldBeEmpty();
        result.Output[0]!.BaseObject.ShouldBe(1);
        ((string)result.Output[1]!.BaseObject).ShouldStartWith("InvalidParameter,");
    }
}
