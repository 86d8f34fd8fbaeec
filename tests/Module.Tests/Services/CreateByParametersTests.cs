using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class CreateByParametersTests : IDisposable
{
    private const string EcrImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.0";
    private const string Role = "arn:aws:iam::123456789012:role/AppRunnerEcrAccess";
    private const string Connection = "arn:aws:apprunner:us-east-1:123456789012:connection/github/0123456789abcdef0123456789abcdef";

    private readonly Session session = Session.Local();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_ECR_Public_image_creates_a_service_with_OperationId()
    {
        var service = session.Run("New-ARService web-app public.ecr.aws/nginx/nginx:latest -Port 80").Service;

        service.ServiceName.ShouldBe("web-app");
        service.OperationId.ShouldNotBeNullOrEmpty();
        service.Status.ShouldBe(ServiceStatus.OperationInProgress);
        service.SourceConfiguration!.ImageRepository!.ImageRepositoryType.ShouldBe("ECR_PUBLIC");
        service.SourceConfiguration.ImageRepository.ImageConfiguration!.Port.ShouldBe("80");
    }

    [Fact]
    public void A_private_image_is_sent_with_its_access_role()
    {
        var service = session.Run($"New-ARService -ServiceName shop -ImageIdentifier {EcrImage} -AccessRoleArn {Role} -AutoDeploymentsEnabled $false").Service;

        service.SourceConfiguration!.ImageRepository!.ImageRepositoryType.ShouldBe("ECR");
        service.SourceConfiguration.AuthenticationConfiguration!.AccessRoleArn.ShouldBe(Role);
        service.SourceConfiguration.AutoDeploymentsEnabled.ShouldBe(false);
    }

    [Fact]
    public void A_code_repository_with_Runtime_uses_ConfigurationSource_API()
    {
        var service = session.Run(
            $"""
            New-ARService -ServiceName code -RepositoryUrl https://github.com/o/n -Branch dev -SourceDirectory /app -ConnectionArn {session.NewConnection()} `
                -Runtime nodejs_22 -BuildCommand 'npm ci' -StartCommand 'node .' -Port 3000 -EnvironmentVariable @{"{"} A = 1; B = $true {"}"} -Cpu 2 -Memory 4GB
            """).Service;

        var code = service.SourceConfiguration!.CodeRepository!;
        code.RepositoryUrl.ShouldBe("https://github.com/o/n");
        code.SourceCodeVersion!.Value.ShouldBe("dev");
        code.SourceCodeVersion.Type.ShouldBe("BRANCH");
        code.SourceDirectory.ShouldBe("/app");
        code.CodeConfiguration!.ConfigurationSource.ShouldBe("API");
        var values = code.CodeConfiguration.CodeConfigurationValues!;
        values.Runtime.ShouldBe("NODEJS_22");
        values.BuildCommand.ShouldBe("npm ci");
        values.StartCommand.ShouldBe("node .");
        values.Port.ShouldBe("3000");
        values.RuntimeEnvironmentVariables!["A"].ShouldBe("1");
        values.RuntimeEnvironmentVariables["B"].ShouldBe("true");
        service.InstanceConfiguration!.Cpu.ShouldBe("2048");
        service.InstanceConfiguration.Memory.ShouldBe("4096");
    }

    [Theory]
    [InlineData("-ConfigurationSource REPOSITORY")]
    [InlineData("-ConfigurationSource repository")]
    [InlineData("")]
    public void A_code_repository_without_Runtime_uses_ConfigurationSource_REPOSITORY(string source)
    {
        var service = session.Run($"New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn {session.NewConnection()} {source}").Service;

        service.SourceConfiguration!.CodeRepository!.SourceCodeVersion!.Value.ShouldBe("main");
        service.SourceConfiguration.CodeRepository.CodeConfiguration!.ConfigurationSource.ShouldBe("REPOSITORY");
        service.SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.ShouldBeNull();
    }

    [Fact]
    public void Run_settings_with_ConfigurationSource_REPOSITORY_are_rejected()
    {
        var result = session.Run($"New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn {Connection} -Port 80");

        result.ErrorWith("InvalidParameter").ToString().ShouldContain("-Runtime");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void Config_objects_and_hashtables_are_equivalent()
    {
        const string common = "New-ARService -Tag @{ team = 'shop' } ";
        var typed = session.Run(common + """
            -ServiceName typed `
            -SourceConfiguration (New-ARSourceConfig public.ecr.aws/nginx/nginx:1 -Port 81 -EnvironmentVariable @{ A = 'b' }) `
            -InstanceConfiguration (New-ARInstanceConfig -Cpu '0.5 vCPU' -Memory '1 GB') `
            -HealthCheckConfiguration (New-ARHealthCheckConfig -Protocol HTTP -Path /up -Interval 7) `
            -NetworkConfiguration (New-ARNetworkConfig -IsPubliclyAccessible $true -IpAddressType DUAL_STACK) `
            -ObservabilityConfiguration (New-ARServiceObservabilityConfig -ObservabilityEnabled $false)
            """).Service;
        var tables = session.Run(common + """
            -ServiceName tables `
            -SourceConfiguration @{ imageRepository = @{ imageIdentifier = 'public.ecr.aws/nginx/nginx:1'; imageRepositoryType = 'ecr_public'
                imageConfiguration = [pscustomobject]@{ port = 81; runtimeEnvironmentVariables = @{ A = 'b' } } } } `
            -InstanceConfiguration @{ cpu = 0.5; memory = '1gb' } `
            -HealthCheckConfiguration ([pscustomobject]@{ Protocol = 'http'; Path = '/up'; Interval = '7' }) `
            -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = 'true' }; IpAddressType = 'dual_stack' } `
            -ObservabilityConfiguration @{ ObservabilityEnabled = $false }
            """).Service;

        foreach (var service in new[] { typed, tables })
        {
            var image = service.SourceConfiguration!.ImageRepository!;
            image.ImageIdentifier.ShouldBe("public.ecr.aws/nginx/nginx:1");
            image.ImageRepositoryType.ShouldBe("ECR_PUBLIC");
            image.ImageConfiguration!.Port.ShouldBe("81");
            image.ImageConfiguration.RuntimeEnvironmentVariables!["A"].ShouldBe("b");
            service.InstanceConfiguration!.Cpu.ShouldBe("512");
            service.InstanceConfiguration.Memory.ShouldBe("1024");
            service.HealthCheckConfiguration!.Protocol.ShouldBe("HTTP");
            service.HealthCheckConfiguration.Path.ShouldBe("/up");
            service.HealthCheckConfiguration.Interval.ShouldBe(7);
            service.NetworkConfiguration!.IpAddressType.ShouldBe("DUAL_STACK");
            service.NetworkConfiguration.IngressConfiguration!.IsPubliclyAccessible.ShouldBe(true);
            service.ObservabilityConfiguration!.ObservabilityEnabled.ShouldBe(false);
        }
    }

    [Theory]
    [InlineData("-HealthCheckConfiguration @{ Intervall = 5 }", "HealthCheckConfiguration.Intervall", "Did you mean \"Interval\"?")]
    [InlineData("-HealthCheckConfiguration @{ Pth = '/' }", "HealthCheckConfiguration.Pth", "Did you mean \"Path\"?")]
    [InlineData("-NetworkConfiguration @{ EgressConfiguration = @{ VpcConectorArn = 'x' } }", "NetworkConfiguration.EgressConfiguration.VpcConectorArn", "Did you mean \"VpcConnectorArn\"?")]
    [InlineData("-InstanceConfiguration ([pscustomobject]@{ Zzzzzzzz = 1 })", "InstanceConfiguration.Zzzzzzzz", "the known members are Cpu, Memory, InstanceRoleArn")]
    public void An_unknown_key_is_an_error_with_its_path_and_a_suggestion(string parameter, string path, string advice)
    {
        var result = session.Run("New-ARService web1 public.ecr.aws/nginx/nginx:1 " + parameter);

        var error = result.ErrorWith("InvalidParameter");
        error.ToString().ShouldStartWith(path + ": is not a known member");
        error.ToString().ShouldContain(advice);
        error.CategoryInfo.Category.ShouldBe(System.Management.Automation.ErrorCategory.InvalidArgument);
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void One_error_lists_all_problems_of_a_definition_and_no_request_is_sent()
    {
        var result = session.Run(
            """
            New-ARService x public.ecr.aws/nginx/nginx:1 -Cpu 0.25 -Port 99999 -StartCommand "a`nb" -AutoDeploymentsEnabled $true `
                -HealthCheckConfiguration @{ Interval = 21; Timeout = 'soon'; Hm = 1 } -Tag @{ 'aws:x' = 'y' } -AutoScalingConfigurationArn arn:aws:s3:::bucket
            """);

        var error = result.ErrorWith("InvalidParameter");
        var problems = ((InvalidParameterException)error.Exception).Problems.Select(problem => problem.Path).ToArray();
        problems.ShouldBe(
            [
                "ServiceName", "InstanceConfiguration", "SourceConfiguration.ImageRepository.ImageConfiguration.Port", "SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand",
                "SourceConfiguration.AutoDeploymentsEnabled", "HealthCheckConfiguration.Interval", "HealthCheckConfiguration.Timeout", "HealthCheckConfiguration.Hm", "Tags[0].Key", "AutoScalingConfigurationArn",
            ],
            ignoreOrder: true);
        foreach (var path in problems)
            error.ToString().ShouldContain(path);
        error.TargetObject.ShouldBe("x");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void An_unknown_value_is_a_warning_and_is_sent()
    {
        var result = session.Run($"New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn {Connection} -Runtime NODEJS_99 -BuildCommand x -StartCommand y");

        result.Warnings.ShouldHaveSingleItem().ShouldContain("NODEJS_99");
        session.Endpoint.RequestCount.ShouldBe(1);
        // The local endpoint rejects unknown values with its own message.
        result.ErrorWith("InvalidParameter").Exception.ShouldBeOfType<InvalidRequestException>();
    }

    [Fact]
    public void A_runtime_after_its_end_of_support_causes_a_warning()
    {
        var result = session.Run($"New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn {session.NewConnection()} -Runtime PYTHON_3 -BuildCommand x -StartCommand y");

        result.Warnings.ShouldHaveSingleItem().ShouldContain("end of support");
        result.Services.Count.ShouldBe(1);
    }

    [Fact]
    public void With_Wait_the_running_service_is_written()
    {
        var service = session.Run("New-ARService web1 public.ecr.aws/nginx/nginx:1 -Wait").Service;

        service.Status.ShouldBe(ServiceStatus.Running);
        service.OperationId.ShouldNotBeNullOrEmpty();
    }
}
