using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class ServiceLifecycleTests
{
    [Fact]
    public async Task A_new_service_has_valid_ids_and_default_values()
    {
        using var endpoint = new TestEndpoint();
        var created = await endpoint.SendAsync(TestEndpoint.NewService("web-1"), "eu-west-1");
        var service = created.Service!;

        Guid.TryParseExact(created.OperationId, "N", out _).ShouldBeTrue();
        created.OperationId![12].ShouldBe('4');
        service.ServiceId!.ShouldMatch("\\A[0-9a-f]{32}\\z");
        service.ServiceArn.ShouldBe($"arn:aws:apprunner:eu-west-1:123456789012:service/web-1/{service.ServiceId}");
        service.ServiceUrl!.ShouldMatch("\\A[a-z0-9]{10}\\.eu-west-1\\.simulated\\.invalid\\z");
        service.Status.ShouldBe(ServiceStatus.OperationInProgress);
        service.CreatedAt.ShouldBe(endpoint.Clock.UtcNow);
        service.UpdatedAt.ShouldBe(endpoint.Clock.UtcNow);
        service.DeletedAt.ShouldBeNull();

        service.InstanceConfiguration!.Cpu.ShouldBe("1024");
        service.InstanceConfiguration.Memory.ShouldBe("2048");
        var check = service.HealthCheckConfiguration!;
        (check.Protocol, check.Path, check.Interval, check.Timeout, check.HealthyThreshold, check.UnhealthyThreshold).ShouldBe(("TCP", "/", 5, 2, 1, 5));
        service.NetworkConfiguration!.EgressConfiguration!.EgressType.ShouldBe("DEFAULT");
        service.NetworkConfiguration.IngressConfiguration!.IsPubliclyAccessible.ShouldBe(true);
        service.NetworkConfiguration.IpAddressType.ShouldBe("IPV4");
        service.ObservabilityConfiguration!.ObservabilityEnabled.ShouldBe(false);
        service.EncryptionConfiguration.ShouldBeNull();
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("8080");
        var scaling = service.AutoScalingConfigurationSummary!;
        scaling.AutoScalingConfigurationArn.ShouldBe("arn:aws:apprunner:eu-west-1:123456789012:autoscalingconfiguration/DefaultConfiguration/1/00000000000000000000000000000001");
        (scaling.AutoScalingConfigurationName, scaling.AutoScalingConfigurationRevision).ShouldBe(("DefaultConfiguration", 1));
    }

    [Theory]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("xx-nowhere-9", "aws")]
    public async Task The_partition_follows_the_region(string region, string partition)
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.SendAsync(TestEndpoint.NewService(), region)).Service!.ServiceArn.ShouldStartWith($"arn:{partition}:apprunner:{region}:123456789012:service/web1/");
    }

    [Theory]
    [InlineData("0.25 vCPU", "0.5 GB", "256", "512")]
    [InlineData("4 vCPU", "12 GB", "4096", "12288")]
    [InlineData("2048", "4096", "2048", "4096")]
    [InlineData(null, "4 GB", "1024", "4096")]
    public async Task Cpu_and_memory_are_returned_in_units_and_MB(string? cpu, string? memory, string units, string megabytes)
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = cpu, Memory = memory };
        var instance = (await endpoint.SendAsync(request)).Service!.InstanceConfiguration!;
        (instance.Cpu, instance.Memory).ShouldBe((units, megabytes));
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1", true)]
    [InlineData("210987654321.dkr.ecr.us-east-1.amazonaws.com/app:1", false)]
    public async Task Automatic_deployments_are_enabled_for_images_of_the_same_account_only(string image, bool automatic)
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration = Ecr(image);
        (await endpoint.SendAsync(request)).Service!.SourceConfiguration!.AutoDeploymentsEnabled.ShouldBe(automatic);
    }

    [Fact]
    public async Task Automatic_deployments_are_disabled_for_public_images()
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.SendAsync(TestEndpoint.NewService())).Service!.SourceConfiguration!.AutoDeploymentsEnabled.ShouldBe(false);
    }

    [Fact]
    public async Task Source_code_has_automatic_deployments_and_port_8080_by_default()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration = await endpoint.CodeAsync();
        var source = (await endpoint.SendAsync(request)).Service!.SourceConfiguration!;
        source.AutoDeploymentsEnabled.ShouldBe(true);
        source.CodeRepository!.SourceDirectory.ShouldBe("/");
        source.CodeRepository.CodeConfiguration!.CodeConfigurationValues!.Port.ShouldBe("8080");
    }

    [Fact]
    public async Task Given_values_are_returned()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration { Port = "80", StartCommand = "run", RuntimeEnvironmentVariables = new() { ["A"] = "1" } };
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "HTTP", Path = "/up", Interval = 7 };
        request.EncryptionConfiguration = new EncryptionConfiguration { KmsKey = "arn:aws:kms:us-east-1:123456789012:key/1" };
        request.NetworkConfiguration = new NetworkConfiguration { IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = false } };
        var scaling = (await endpoint.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "high" })).AutoScalingConfiguration!;
        request.AutoScalingConfigurationArn = scaling.AutoScalingConfigurationArn;
        var service = await endpoint.RunningServiceAsync(request);
        var image = service.SourceConfiguration!.ImageRepository!.ImageConfiguration!;
        (image.Port, image.StartCommand, image.RuntimeEnvironmentVariables!["A"]).ShouldBe(("80", "run", "1"));
        var check = service.HealthCheckConfiguration!;
        (check.Protocol, check.Path, check.Interval, check.Timeout).ShouldBe(("HTTP", "/up", 7, 2));
        service.EncryptionConfiguration!.KmsKey.ShouldBe(request.EncryptionConfiguration.KmsKey);
        service.NetworkConfiguration!.IngressConfiguration!.IsPubliclyAccessible.ShouldBe(false);
        service.NetworkConfiguration.EgressConfiguration!.EgressType.ShouldBe("DEFAULT");
        service.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn.ShouldBe(scaling.AutoScalingConfigurationArn);
    }

    [Fact]
    public async Task Creation_takes_the_operation_duration()
    {
        using var endpoint = new TestEndpoint();
        var started = endpoint.Clock.UtcNow;
        var service = (await endpoint.SendAsync(TestEndpoint.NewService())).Service!;
        (await Only(endpoint, service)).Status.ShouldBe(OperationStatus.Pending);

        endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
        var running = await Only(endpoint, service);
        (running.Status, running.EndedAt).ShouldBe((OperationStatus.InProgress, null));
        (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.OperationInProgress);

        endpoint.Clock.Advance(TimeSpan.FromSeconds(9));
        var ended = await Only(endpoint, service);
        (ended.Type, ended.Status, ended.TargetArn).ShouldBe((OperationType.CreateService, OperationStatus.Succeeded, service.ServiceArn));
        (ended.StartedAt, ended.EndedAt).ShouldBe((started, started + TestEndpoint.Duration));
        var now = await endpoint.DescribeAsync(service);
        (now.Status, now.UpdatedAt).ShouldBe((ServiceStatus.Running, started + TestEndpoint.Duration));
    }

    [Fact]
    public async Task A_service_can_be_paused_resumed_deployed_and_deleted()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var arn = service.ServiceArn;

        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn });
        await ChangesAsync(ServiceStatus.Paused);
        await endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = arn });
        await ChangesAsync(ServiceStatus.Running);
        await endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = arn });
        await ChangesAsync(ServiceStatus.Running);
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn });
        await ChangesAsync(ServiceStatus.Deleted);
        (await endpoint.OperationsAsync(service)).Select(operation => operation.Type).ShouldBe(
            [OperationType.DeleteService, OperationType.StartDeployment, OperationType.ResumeService, OperationType.PauseService, OperationType.CreateService]);
        (await endpoint.OperationsAsync(service)).ShouldAllBe(operation => operation.Status == OperationStatus.Succeeded);

        async Task ChangesAsync(string status)
        {
            (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.OperationInProgress);
            endpoint.Clock.Advance(TestEndpoint.Duration);
            (await endpoint.DescribeAsync(service)).Status.ShouldBe(status);
        }
    }

    [Fact]
    public async Task An_operation_is_rejected_while_another_runs()
    {
        using var endpoint = new TestEndpoint();
        var arn = (await endpoint.SendAsync(TestEndpoint.NewService())).Service!.ServiceArn;
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = arn, InstanceConfiguration = new() }), "OPERATION_IN_PROGRESS");
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn }), "OPERATION_IN_PROGRESS");
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = arn }), "OPERATION_IN_PROGRESS");
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn }), "OPERATION_IN_PROGRESS");
        (await Refused<InvalidRequestException>(() => endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = arn }), "OPERATION_IN_PROGRESS")).ErrorId.ShouldBe(ErrorIds.InvalidServiceState);
    }

    [Fact]
    public async Task Operations_are_rejected_in_the_wrong_service_status()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var arn = service.ServiceArn;
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = arn }), ServiceStatus.Running);

        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn }), ServiceStatus.Paused);
        await Refused<InvalidRequestException>(() => endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = arn }), ServiceStatus.Paused);

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn }), ServiceStatus.Deleted);
        await Refused<InvalidStateException>(() => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = arn, InstanceConfiguration = new() }), ServiceStatus.Deleted);
    }

    [Fact]
    public async Task A_name_is_unique_until_its_service_is_deleted()
    {
        using var endpoint = new TestEndpoint();
        var first = await endpoint.RunningServiceAsync();
        (await Refused<InvalidRequestException>(() => endpoint.SendAsync(TestEndpoint.NewService()), "Service with the provided name already exists: web1."))
            .ErrorId.ShouldBe(ErrorIds.ServiceAlreadyExists);
        (await endpoint.SendAsync(TestEndpoint.NewService(), "eu-west-1")).Service!.ServiceName.ShouldBe("web1");

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = first.ServiceArn });
        await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(TestEndpoint.NewService()));
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await endpoint.SendAsync(TestEndpoint.NewService())).Service!.ServiceArn.ShouldNotBe(first.ServiceArn);
    }

    [Fact]
    public async Task A_deleted_service_can_be_described_for_an_hour_but_is_not_listed()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Count.ShouldBe(1);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var deletedAt = endpoint.Clock.UtcNow;
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList.ShouldBeEmpty();

        endpoint.Clock.Advance(TimeSpan.FromMinutes(59));
        var deleted = await endpoint.DescribeAsync(service);
        (deleted.Status, deleted.DeletedAt).ShouldBe((ServiceStatus.Deleted, deletedAt));
        (await endpoint.OperationsAsync(service)).Count.ShouldBe(2);

        endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await Refused<ResourceNotFoundException>(() => endpoint.DescribeAsync(service), service.ServiceArn!);
    }

    [Fact]
    public async Task Deleted_services_do_not_count_for_the_quota()
    {
        using var endpoint = new TestEndpoint(options => options.ServiceQuota = 2);
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.CreateService);
        var failed = await endpoint.RunningServiceAsync();
        failed.Status.ShouldBe(ServiceStatus.CreateFailed);
        await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        await Refused<ServiceQuotaExceededException>(() => endpoint.SendAsync(TestEndpoint.NewService("web3")), "2");

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = failed.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await endpoint.SendAsync(TestEndpoint.NewService("web3"))).Service.ShouldNotBeNull();
    }

    [Fact]
    public async Task Regions_are_independent()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync(region: "eu-west-1");
        (await endpoint.SendAsync(new ListServicesRequest(), "us-east-1")).ServiceSummaryList.ShouldBeEmpty();
        (await endpoint.SendAsync(new ListServicesRequest(), "eu-west-1")).ServiceSummaryList!.Single().ServiceArn.ShouldBe(service.ServiceArn);
        await Should.ThrowAsync<ResourceNotFoundException>(() => endpoint.DescribeAsync(service, "us-east-1"));
    }

    [Fact]
    public async Task With_duration_zero_an_operation_ends_at_once()
    {
        using var endpoint = new TestEndpoint(options => options.OperationDuration = TimeSpan.Zero);
        var created = await endpoint.SendAsync(TestEndpoint.NewService());
        created.Service!.Status.ShouldBe(ServiceStatus.OperationInProgress);
        (await Only(endpoint, created.Service)).Status.ShouldBe(OperationStatus.Succeeded);
        (await endpoint.DescribeAsync(created.Service)).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task Concurrent_creations_of_one_name_create_one_service()
    {
        using var endpoint = new TestEndpoint();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await endpoint.SendAsync(TestEndpoint.NewService());
                return true;
            }
            catch (InvalidRequestException)
            {
                return false;
            }
        }));
        results.Count(created => created).ShouldBe(1);
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Count.ShouldBe(1);
    }

    internal static SourceConfiguration Ecr(string image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1") => new()
    {
        ImageRepository = new ImageRepository { ImageIdentifier = image, ImageRepositoryType = ImageRepositoryType.Ecr },
        AuthenticationConfiguration = new AuthenticationConfiguration { AccessRoleArn = "arn:aws:iam::123456789012:role/access" },
    };

    internal static async Task<T> Refused<T>(Func<Task> call, string message)
        where T : AppRunnerServiceException
    {
        var refusal = await Should.ThrowAsync<T>(call);
        refusal.Message.ShouldContain(message);
        refusal.StatusCode.ShouldBe(400);
        return refusal;
    }

    private static async Task<Operation> Only(TestEndpoint endpoint, ServiceSummary service) => (await endpoint.OperationsAsync(service)).Single();
}
