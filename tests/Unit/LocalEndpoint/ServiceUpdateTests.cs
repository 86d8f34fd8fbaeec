using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class ServiceUpdateTests
{
    [Fact]
    public async Task Omitted_members_keep_their_values()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration { Port = "80" };
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = "2 vCPU", Memory = "4 GB", InstanceRoleArn = "arn:aws:iam::123456789012:role/instance" };
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 7, Timeout = 3 };
        request.NetworkConfiguration = new NetworkConfiguration { IpAddressType = "DUAL_STACK" };
        var service = await endpoint.RunningServiceAsync(request);

        var updated = await Updated(endpoint, new UpdateServiceRequest
        {
            ServiceArn = service.ServiceArn,
            InstanceConfiguration = new InstanceConfiguration { Memory = "6 GB" },
            HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 9 },
        });
        var instance = updated.InstanceConfiguration!;
        (instance.Cpu, instance.Memory, instance.InstanceRoleArn).ShouldBe(("2048", "6144", "arn:aws:iam::123456789012:role/instance"));
        (updated.HealthCheckConfiguration!.Interval, updated.HealthCheckConfiguration.Timeout).ShouldBe((9, 3));
        updated.NetworkConfiguration!.IpAddressType.ShouldBe("DUAL_STACK");
        updated.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("80");
        updated.CreatedAt.ShouldBe(service.CreatedAt);
    }

    [Fact]
    public async Task The_response_of_UpdateService_has_the_new_configuration()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var response = await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 9 } });
        response.Service!.HealthCheckConfiguration!.Interval.ShouldBe(9);
        response.Service.Status.ShouldBe(ServiceStatus.OperationInProgress);
        response.OperationId.ShouldNotBeNull().ShouldMatch("\\A[0-9a-f]{32}\\z");
    }

    [Fact]
    public async Task Cpu_and_memory_are_validated_after_merging()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var refusal = await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new InstanceConfiguration { Cpu = "256" } }),
            "InstanceConfiguration: ");
        refusal.Message.ShouldContain("0.25 vCPU cannot have 2 GB");
        (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task Secrets_without_an_instance_role_are_refused_in_the_words_of_App_Runner()
    {
        const string Message = "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets.";
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var create = TestEndpoint.NewService("other");
        create.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration { RuntimeEnvironmentSecrets = new() { ["DB"] = "/db" } };
        var update = new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = create.SourceConfiguration };

        (await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(create))).Message.ShouldBe(Message);
        (await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(update))).Message.ShouldBe(Message);
        update.InstanceConfiguration = new InstanceConfiguration { InstanceRoleArn = "arn:aws:iam::123456789012:role/web" };
        (await endpoint.SendAsync(update)).OperationId.ShouldNotBeNull();

        // A malformed member is reported first.
        create.ServiceName = "x";
        (await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(create))).Message.ShouldStartWith("2 validation errors detected: ServiceName");
    }

    [Fact]
    public async Task Automatic_deployments_of_a_public_image_are_refused_in_the_words_of_App_Runner()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration!.AutoDeploymentsEnabled = true;
        (await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(request))).Message.ShouldBe("App Runner doesn't support automatic deployments for an image in an ECR Public repository.");
    }

    [Fact]
    public async Task The_type_of_the_source_cannot_be_changed()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var code = await endpoint.CodeAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = code }), "cannot switch");
    }

    [Fact]
    public async Task An_update_of_the_branch_keeps_the_code_configuration()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration = await endpoint.CodeAsync();
        var service = await endpoint.RunningServiceAsync(request);
        var source = TestEndpoint.Code(string.Empty);
        source.CodeRepository!.SourceCodeVersion!.Value = "next";
        source.CodeRepository.CodeConfiguration = null;
        source.AuthenticationConfiguration = null;
        var code = (await Updated(endpoint, new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = source })).SourceConfiguration!;
        code.CodeRepository!.SourceCodeVersion!.Value.ShouldBe("next");
        code.CodeRepository.CodeConfiguration!.CodeConfigurationValues!.BuildCommand.ShouldBe("npm ci");
        code.AuthenticationConfiguration!.ConnectionArn.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_ECR_image_can_be_replaced_by_an_ECR_PUBLIC_image()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration = ServiceLifecycleTests.Ecr();
        var service = await endpoint.RunningServiceAsync(request);
        service.SourceConfiguration!.AutoDeploymentsEnabled.ShouldBe(true);
        var source = (await Updated(endpoint, new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = TestEndpoint.NewService().SourceConfiguration })).SourceConfiguration!;
        (source.AutoDeploymentsEnabled, source.AuthenticationConfiguration).ShouldBe((false, null));
    }

    [Fact]
    public async Task An_ECR_image_requires_an_access_role()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var source = ServiceLifecycleTests.Ecr();
        source.AuthenticationConfiguration = null;
        await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = source }), "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn");
    }

    [Fact]
    public async Task An_updated_paused_service_stays_paused()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var updated = await Updated(endpoint, new UpdateServiceRequest { ServiceArn = service.ServiceArn, HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 9 } });
        (updated.Status, updated.HealthCheckConfiguration!.Interval).ShouldBe((ServiceStatus.Paused, 9));
    }

    [Fact]
    public async Task An_update_after_a_failed_creation_deploys_the_service()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
        var service = await endpoint.RunningServiceAsync();
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        (await Updated(endpoint, new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new() })).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task An_update_of_observability_alone_is_rejected_as_on_AWS()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        foreach (var update in new[]
        {
            new UpdateServiceRequest { ServiceArn = service.ServiceArn },
            new UpdateServiceRequest { ServiceArn = service.ServiceArn, ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = false } },
        })
        {
            (await Should.ThrowAsync<InvalidRequestException>(endpoint.SendAsync(update))).Message.ShouldBe("No configurations provided in the UpdateService request.");
        }

        (await endpoint.OperationsAsync(service)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_private_service_has_no_URL_and_no_IPv6()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.NetworkConfiguration = new NetworkConfiguration { IpAddressType = IpAddressType.DualStack };
        var service = await endpoint.RunningServiceAsync(request);
        var url = service.ServiceUrl.ShouldNotBeNull();

        var hidden = await Updated(endpoint, Access(service, isPublic: false));
        (hidden.ServiceUrl, hidden.NetworkConfiguration!.IpAddressType).ShouldBe((null, IpAddressType.IPv4));
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.ShouldHaveSingleItem().ServiceUrl.ShouldBeNull();
        (await Updated(endpoint, Access(service, isPublic: true))).ServiceUrl.ShouldBe(url);
    }

    private static UpdateServiceRequest Access(Service service, bool isPublic) => new()
    {
        ServiceArn = service.ServiceArn,
        NetworkConfiguration = new NetworkConfiguration { IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = isPublic } },
    };

    private static async Task<Service> Updated(TestEndpoint endpoint, UpdateServiceRequest request)
    {
        var service = (await endpoint.SendAsync(request)).Service!;
        endpoint.Clock.Advance(TestEndpoint.Duration);
        return await endpoint.DescribeAsync(service);
    }
}
