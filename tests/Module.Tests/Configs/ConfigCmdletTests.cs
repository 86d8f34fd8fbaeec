using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Configs;

public sealed class ConfigCmdletTests : IDisposable
{
    private readonly Session session = Session.Plain();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Only_the_given_members_are_set()
    {
        var check = session.Run("New-ARHealthCheckConfig -Interval 7").All<HealthCheckConfiguration>().Single();

        check.Interval.ShouldBe(7);
        check.Timeout.ShouldBeNull();
        check.Protocol.ShouldBeNull();
        session.Run("New-ARInstanceConfig -Memory 4GB").All<InstanceConfiguration>().Single().Cpu.ShouldBeNull();
    }

    [Fact]
    public void Values_are_normalized_to_the_API_spelling()
    {
        var instance = session.Run("New-ARInstanceConfig 0.25 512MB").All<InstanceConfiguration>().Single();
        instance.Cpu.ShouldBe("0.25 vCPU");
        instance.Memory.ShouldBe("0.5 GB");
        session.Run("New-ARHealthCheckConfig http /up").All<HealthCheckConfiguration>().Single().Protocol.ShouldBe("HTTP");
    }

    [Fact]
    public void A_VPC_connector_implies_EgressType_VPC()
    {
        const string connector = "arn:aws:apprunner:us-east-1:123456789012:vpcconnector/c/1/0123456789abcdef0123456789abcdef";

        var network = session.Run($"New-ARNetworkConfig -VpcConnectorArn {connector} -IsPubliclyAccessible $false").All<NetworkConfiguration>().Single();

        network.EgressConfiguration!.EgressType.ShouldBe("VPC");
        network.EgressConfiguration.VpcConnectorArn.ShouldBe(connector);
        network.IngressConfiguration!.IsPubliclyAccessible.ShouldBe(false);
    }

    [Fact]
    public void ObservabilityEnabled_is_true_by_default()
    {
        session.Run("New-ARServiceObservabilityConfig").All<ServiceObservabilityConfiguration>().Single().ObservabilityEnabled.ShouldBe(true);
        session.Run("New-ARServiceObservabilityConfig -ObservabilityEnabled $false").All<ServiceObservabilityConfiguration>().Single().ObservabilityEnabled.ShouldBe(false);
    }

    [Fact]
    public void A_source_is_an_image_or_a_code_repository()
    {
        session.Run("New-ARSourceConfig public.ecr.aws/a/b:1 -Port 80").All<SourceConfiguration>().Single().ImageRepository!.ImageRepositoryType.ShouldBe("ECR_PUBLIC");
        var code = session.Run("New-ARSourceConfig -RepositoryUrl https://git.example.com/o/n -Runtime php_81 -StartCommand x -AutoDeploymentsEnabled $true").All<SourceConfiguration>().Single();
        code.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.Runtime.ShouldBe("PHP_81");
        code.CodeRepository.CodeConfiguration.CodeConfigurationValues.StartCommand.ShouldBe("x");
        code.AutoDeploymentsEnabled.ShouldBe(true);
    }

    [Fact]
    public void A_row_binds_by_column_names() =>
        session.Run("[pscustomobject]@{ Cpu = '2'; Memory = '6' }, [pscustomobject]@{ Cpu = '4'; Memory = '8' } | New-ARInstanceConfig").All<InstanceConfiguration>()
            .Select(instance => instance.Cpu + "/" + instance.Memory).ShouldBe(["2 vCPU/6 GB", "4 vCPU/8 GB"]);

    [Theory]
    [InlineData("New-ARHealthCheckConfig -Interval 21 -Timeout 0", "Interval,Timeout")]
    [InlineData("New-ARInstanceConfig -Cpu 4 -Memory 1 -InstanceRoleArn x", "InstanceRoleArn,InstanceRoleArn,")]
    [InlineData("New-AREncryptionConfig alias/x", "KmsKey")]
    [InlineData("New-ARNetworkConfig -EgressType VPC", "EgressConfiguration.VpcConnectorArn")]
    [InlineData("New-ARSourceConfig nginx -Port 0", "ImageRepository.ImageConfiguration.Port,ImageRepository.ImageIdentifier")]
    [InlineData("New-ARSourceConfig -RepositoryUrl https://github.com/o/n", "AuthenticationConfiguration.ConnectionArn")]
    public void One_error_lists_all_problems_and_no_output_is_written(string script, string paths)
    {
        var result = session.Run(script);

        result.Output.ShouldBeEmpty();
        ((InvalidParameterException)result.ErrorWith("InvalidParameter").Exception).Problems.Select(problem => problem.Path).ShouldBe(paths.Split(','), ignoreOrder: true);
    }
}
