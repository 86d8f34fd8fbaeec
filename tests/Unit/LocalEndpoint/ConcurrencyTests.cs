using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>Many concurrent callers: the state is consistent afterwards.</summary>
public class ConcurrencyTests
{
    private const int Callers = 32;
    private const int CallsOfEach = 125;

    // Few names, so that the callers conflict with each other. Revisions of the first name of each kind are never deleted.
    private static readonly string[] ServiceNames = [.. Enumerable.Range(1, 12).Select(i => $"web-{i}")];
    private static readonly string[] ConfigurationNames = ["kept", "high", "slow"];
    private static readonly string[] ConnectionNames = ["git1", "git2", "git3"];
    private static readonly string[] ConnectorNames = ["shop", "desk"];
    private static readonly string[] IngressNames = ["inside1", "inside2", "inside3"];
    private static readonly string[] DomainNames = ["example.com", "www.example.com", "*.example.com", "example.org"];

    [Fact]
    public async Task Concurrent_operations_of_many_callers_leave_a_consistent_state()
    {
        using var endpoint = new TestEndpoint(options => options.ServiceQuota = 10);
        var state = new SharedState(endpoint);
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => state.CallAsync(new Random(caller)), TestContext.Current.CancellationToken));
        var refusals = (await Task.WhenAll(callers)).SelectMany(one => one).ToList();

        refusals.ShouldNotContain(refusal => refusal.ErrorCode == nameof(InternalServiceErrorException));

        // Otherwise the callers did not conflict.
        refusals.Select(refusal => refusal.ErrorCode).Distinct().Order().ShouldBe(
            [nameof(InvalidRequestException), nameof(InvalidStateException), nameof(ResourceNotFoundException), nameof(ServiceQuotaExceededException)]);

        endpoint.Clock.Advance(TestEndpoint.Duration);
        var services = await state.ServicesAsync();
        services.Count.ShouldBeInRange(1, 10);
        services.Select(service => service.ServiceName).ShouldBeUnique();
        services.ShouldAllBe(service => service.Status != ServiceStatus.OperationInProgress && service.Status != ServiceStatus.Deleted);
        foreach (var service in services)
            await OneOperationAtATime(endpoint, service);
        await Scaling(endpoint, state, services);
        await Observability(endpoint, state, services);
        await Connections(endpoint, services);
        await Networks(endpoint, services);
        await Domains(endpoint, services);
        foreach (var arn in state.Arns())
            await Tags(endpoint, arn);
    }

    private static async Task OneOperationAtATime(TestEndpoint endpoint, Service service)
    {
        var operations = await endpoint.OperationsAsync(service);
        operations.ShouldAllBe(operation => operation.EndedAt != null);
        foreach (var (later, earlier) in operations.Zip(operations.Skip(1)))
            later.StartedAt!.Value.ShouldBeGreaterThanOrEqualTo(earlier.EndedAt!.Value);
        operations.Select(operation => operation.Id).ShouldBeUnique();
    }

    private static async Task Scaling(TestEndpoint endpoint, SharedState state, List<Service> services)
    {
        var all = (await endpoint.SendAsync(new ListAutoScalingConfigurationsRequest { LatestOnly = false })).AutoScalingConfigurationSummaryList!;
        all.Count(one => one.IsDefault == true).ShouldBe(1);
        Revisions(all.Select(one => (one.AutoScalingConfigurationName!, one.AutoScalingConfigurationRevision!.Value)), state.MadeScaling, 5);
        var latest = (await endpoint.SendAsync(new ListAutoScalingConfigurationsRequest())).AutoScalingConfigurationSummaryList!.Select(one => one.AutoScalingConfigurationArn).ToHashSet();
        foreach (var one in all)
        {
            var whole = (await endpoint.SendAsync(new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = one.AutoScalingConfigurationArn })).AutoScalingConfiguration!;
            whole.Latest.ShouldBe(one.AutoScalingConfigurationRevision == all.Where(other => other.AutoScalingConfigurationName == one.AutoScalingConfigurationName).Max(other => other.AutoScalingConfigurationRevision));
            latest.Contains(one.AutoScalingConfigurationArn).ShouldBe(whole.Latest == true);
            var users = services.Where(service => service.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn == one.AutoScalingConfigurationArn).Select(service => service.ServiceArn!).ToList();
            (await endpoint.SendAsync(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = one.AutoScalingConfigurationArn })).ServiceArnList!.ShouldBe(users);
            (one.HasAssociatedService, whole.HasAssociatedService).ShouldBe((users.Count > 0, users.Count > 0));
        }

        services.ShouldAllBe(service => service.AutoScalingConfigurationSummary!.Status == AutoScalingConfigurationStatus.Active);
    }

    private static async Task Observability(TestEndpoint endpoint, SharedState state, List<Service> services)
    {
        var all = (await endpoint.SendAsync(new ListObservabilityConfigurationsRequest { LatestOnly = false })).ObservabilityConfigurationSummaryList!;
        Revisions(all.Select(one => (one.ObservabilityConfigurationName!, one.ObservabilityConfigurationRevision!.Value)), state.MadeObservability, 10);
        var arns = all.Select(one => one.ObservabilityConfigurationArn).ToHashSet();
        services.Where(service => service.ObservabilityConfiguration!.ObservabilityEnabled == true).ShouldAllBe(service => arns.Contains(service.ObservabilityConfiguration!.ObservabilityConfigurationArn));
        foreach (var name in all.Select(one => one.ObservabilityConfigurationName).Distinct())
        {
            var latest = 0;
            foreach (var one in all.Where(one => one.ObservabilityConfigurationName == name))
                latest += (await endpoint.SendAsync(new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = one.ObservabilityConfigurationArn })).ObservabilityConfiguration!.Latest == true ? 1 : 0;
            latest.ShouldBe(1);
        }
    }

    // Without deletions the revisions are 1 to the quota, each assigned once. With deletions the active revisions have different numbers.
    private static void Revisions(IEnumerable<(string Name, int Revision)> active, IEnumerable<(string Name, int Revision)> made, int quota)
    {
        active = active.ToList();
        active.ShouldBeUnique();
        active.Where(one => one.Name == ConfigurationNames[0]).Select(one => one.Revision).ShouldBe(Enumerable.Range(1, quota));
        made.Where(one => one.Name == ConfigurationNames[0]).Select(one => one.Revision).Order().ShouldBe(Enumerable.Range(1, quota));
    }

    private static async Task Connections(TestEndpoint endpoint, List<Service> services)
    {
        var all = (await endpoint.SendAsync(new ListConnectionsRequest())).ConnectionSummaryList!;
        all.Select(one => one.ConnectionName).ShouldBeUnique();
        var used = services.Select(service => service.SourceConfiguration!.AuthenticationConfiguration?.ConnectionArn).Where(arn => arn is not null).Distinct().ToList();
        used.ShouldBeSubsetOf(all.Where(one => one.Status == ConnectionStatus.Available).Select(one => one.ConnectionArn));
        foreach (var arn in used)
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = arn }), "it.");
    }

    private static async Task Networks(TestEndpoint endpoint, List<Service> services)
    {
        var connectors = (await endpoint.SendAsync(new ListVpcConnectorsRequest())).VpcConnectors!;
        connectors.Select(one => one.VpcConnectorName).ShouldBeUnique();
        services.Select(service => service.NetworkConfiguration!.EgressConfiguration!.VpcConnectorArn).Where(arn => arn is not null).Distinct().ShouldBeSubsetOf(connectors.Select(one => one.VpcConnectorArn));

        var ingress = (await endpoint.SendAsync(new ListVpcIngressConnectionsRequest())).VpcIngressConnectionSummaryList!;
        ingress.Select(one => one.ServiceArn).ShouldBeUnique();
        ingress.Select(one => one.ServiceArn).ShouldBeSubsetOf(services.Select(service => service.ServiceArn));
        var names = new List<string?>();
        foreach (var one in ingress)
        {
            var whole = (await endpoint.SendAsync(new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = one.VpcIngressConnectionArn })).VpcIngressConnection!;
            whole.Status!.ShouldNotStartWith("PENDING");
            names.Add(whole.VpcIngressConnectionName);
        }

        names.ShouldBeUnique();
    }

    private static async Task Domains(TestEndpoint endpoint, List<Service> services)
    {
        var names = new List<string>();
        foreach (var service in services)
        {
            var domains = (await endpoint.SendAsync(new DescribeCustomDomainsRequest { ServiceArn = service.ServiceArn })).CustomDomains!;
            names.AddRange(domains.SelectMany(domain => domain.EnableWWWSubdomain == true ? [domain.DomainName!, "www." + domain.DomainName] : new[] { domain.DomainName! }));
        }

        names.ShouldBeUnique();
    }

    private static async Task Tags(TestEndpoint endpoint, string arn)
    {
        try
        {
            var tags = (await endpoint.SendAsync(new ListTagsForResourceRequest { ResourceArn = arn })).Tags!;
            tags.Count.ShouldBeLessThanOrEqualTo(50);
            tags.Select(tag => tag.Key).ShouldBeUnique();
        }
        catch (ResourceNotFoundException)
        {
            // Another caller has deleted it.
        }
    }

    /// <summary>What the callers know: the ARNs of all responses.</summary>
    private sealed class SharedState(TestEndpoint endpoint)
    {
        private readonly ConcurrentQueue<string> services = new();
        private readonly ConcurrentQueue<string> scaling = new();
        private readonly ConcurrentQueue<string> observability = new();
        private readonly ConcurrentQueue<string> connections = new();
        private readonly ConcurrentQueue<string> connectors = new();
        private readonly ConcurrentQueue<string> ingress = new();

        public ConcurrentQueue<(string Name, int Revision)> MadeScaling { get; } = new();

        public ConcurrentQueue<(string Name, int Revision)> MadeObservability { get; } = new();

        public IEnumerable<string> Arns() => [.. services, .. scaling, .. observability, .. connections, .. connectors, .. ingress];

        public async Task<List<Service>> ServicesAsync()
        {
            var found = new List<Service>();
            foreach (var summary in (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!)
                found.Add(await endpoint.DescribeAsync(summary));
            return found;
        }

        /// <summary>The calls of one caller.</summary>
        /// <returns>The errors that it got.</returns>
        public async Task<List<AppRunnerServiceException>> CallAsync(Random random)
        {
            var refusals = new List<AppRunnerServiceException>();
            for (var i = 0; i < CallsOfEach; i++)
            {
                try
                {
                    await CallOnceAsync(random);
                }
                catch (AppRunnerServiceException refusal)
                {
                    refusals.Add(refusal);
                }
            }

            return refusals;
        }

        private Task CallOnceAsync(Random random) => random.Next(36) switch
        {
            0 or 1 or 2 => CreateServiceAsync(random),
            3 => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = Any(services, random), AutoScalingConfigurationArn = Any(scaling, random), ObservabilityConfiguration = Tracing(random) }),
            4 => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = Any(services, random) }),
            5 => endpoint.SendAsync(new PauseServiceRequest { ServiceArn = Any(services, random) }),
            6 => endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = Any(services, random) }),
            7 => endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = Any(services, random) }),
            8 => endpoint.SendAsync(new ListOperationsRequest { ServiceArn = Any(services, random), MaxResults = 20 }),
            9 or 10 => CreateScalingAsync(random),
            11 => endpoint.SendAsync(new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = Deletable(scaling, random) }),
            12 => endpoint.SendAsync(new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = Partial("autoscalingconfiguration", random), DeleteAllRevisions = true }),
            13 => endpoint.SendAsync(new UpdateDefaultAutoScalingConfigurationRequest { AutoScalingConfigurationArn = Any(scaling, random) }),
            14 => endpoint.SendAsync(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = Any(scaling, random), MaxResults = 2 }),
            15 or 16 => CreateObservabilityAsync(random),
            17 => endpoint.SendAsync(new DeleteObservabilityConfigurationRequest { ObservabilityConfigurationArn = Deletable(observability, random) }),
            18 => CreateConnectionAsync(random),
            19 => endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = Any(connections, random) }),
            20 => endpoint.SendAsync(new TagResourceRequest { ResourceArn = AnyOfAll(random), Tags = [.. Enumerable.Range(random.Next(40), 20).Select(i => new Tag { Key = $"k{i}", Value = "v" })] }),
            21 => endpoint.SendAsync(new UntagResourceRequest { ResourceArn = AnyOfAll(random), TagKeys = [.. Enumerable.Range(random.Next(40), 10).Select(i => $"k{i}")] }),
            22 => OneOperationInProgressAsync(random),
            23 => CreateConnectorAsync(random),
            24 => endpoint.SendAsync(new DeleteVpcConnectorRequest { VpcConnectorArn = Any(connectors, random) }),
            25 => CreateIngressAsync(random),
            26 => endpoint.SendAsync(new UpdateVpcIngressConnectionRequest { VpcIngressConnectionArn = Any(ingress, random), IngressVpcConfiguration = Vpc(random) }),
            27 => endpoint.SendAsync(new DeleteVpcIngressConnectionRequest { VpcIngressConnectionArn = Any(ingress, random) }),
            28 => AssociateAsync(random),
            29 => endpoint.SendAsync(new DisassociateCustomDomainRequest { ServiceArn = Any(services, random), DomainName = Any(DomainNames, random) }),
            30 => endpoint.SendAsync(new DescribeCustomDomainsRequest { ServiceArn = Any(services, random), MaxResults = 1 }),
            _ => MoveTimeAsync(random),
        };

        private async Task CreateServiceAsync(Random random)
        {
            var request = TestEndpoint.NewService(Any(ServiceNames, random));
            request.AutoScalingConfigurationArn = random.Next(2) == 0 ? null : Any(scaling, random);
            request.ObservabilityConfiguration = Tracing(random);
            if (random.Next(3) == 0)
                request.SourceConfiguration = TestEndpoint.Code(Any(connections, random));
            request.NetworkConfiguration = new NetworkConfiguration
            {
                IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = random.Next(2) == 0 },
                EgressConfiguration = random.Next(3) == 0 ? new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = Any(connectors, random) } : null,
            };
            services.Enqueue((await endpoint.SendAsync(request)).Service!.ServiceArn!);
        }

        private async Task CreateScalingAsync(Random random)
        {
            var made = (await endpoint.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = Any(ConfigurationNames, random) })).AutoScalingConfiguration!;
            scaling.Enqueue(made.AutoScalingConfigurationArn!);
            MadeScaling.Enqueue((made.AutoScalingConfigurationName!, made.AutoScalingConfigurationRevision!.Value));
        }

        private async Task CreateObservabilityAsync(Random random)
        {
            var made = (await endpoint.SendAsync(new CreateObservabilityConfigurationRequest { ObservabilityConfigurationName = Any(ConfigurationNames, random) })).ObservabilityConfiguration!;
            observability.Enqueue(made.ObservabilityConfigurationArn!);
            MadeObservability.Enqueue((made.ObservabilityConfigurationName!, made.ObservabilityConfigurationRevision!.Value));
        }

        private async Task CreateConnectionAsync(Random random)
        {
            var made = (await endpoint.SendAsync(new CreateConnectionRequest { ConnectionName = Any(ConnectionNames, random), ProviderType = ProviderType.GitHub })).Connection!;
            connections.Enqueue(made.ConnectionArn!);
            if (random.Next(4) > 0)
                endpoint.Endpoint.ApproveConnection(made.ConnectionArn!);
        }

        private async Task CreateConnectorAsync(Random random)
        {
            var request = new CreateVpcConnectorRequest { VpcConnectorName = Any(ConnectorNames, random), Subnets = ["subnet-0123456789abcdef0"] };
            connectors.Enqueue((await endpoint.SendAsync(request)).VpcConnector!.VpcConnectorArn!);
        }

        private async Task CreateIngressAsync(Random random)
        {
            var request = new CreateVpcIngressConnectionRequest { VpcIngressConnectionName = Any(IngressNames, random), ServiceArn = Any(services, random), IngressVpcConfiguration = Vpc(random) };
            ingress.Enqueue((await endpoint.SendAsync(request)).VpcIngressConnection!.VpcIngressConnectionArn!);
        }

        private Task<AssociateCustomDomainResponse> AssociateAsync(Random random)
        {
            var name = Any(DomainNames, random);
            return endpoint.SendAsync(new AssociateCustomDomainRequest { ServiceArn = Any(services, random), DomainName = name, EnableWWWSubdomain = name[0] != '*' && random.Next(2) == 0 });
        }

        private async Task OneOperationInProgressAsync(Random random)
        {
            var operations = (await endpoint.SendAsync(new ListOperationsRequest { ServiceArn = Any(services, random) })).OperationSummaryList!;
            operations.Count(operation => operation.EndedAt is null).ShouldBeLessThanOrEqualTo(1);
        }

        private async Task MoveTimeAsync(Random random)
        {
            if (random.Next(20) == 0)
                endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
            endpoint.Clock.Advance(TestEndpoint.Duration / random.Next(1, 5));
            (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Select(service => service.ServiceName).ShouldBeUnique();
        }

        private ServiceObservabilityConfiguration? Tracing(Random random) => random.Next(3) switch
        {
            0 => null,
            1 => new ServiceObservabilityConfiguration { ObservabilityEnabled = false },
            _ => new ServiceObservabilityConfiguration { ObservabilityEnabled = true, ObservabilityConfigurationArn = Any(observability, random) },
        };

        private static IngressVpcConfiguration Vpc(Random random) => new() { VpcId = "vpc-0123456789abcdef0", VpcEndpointId = $"vpce-0123456789abcdef{random.Next(2)}" };

        private string AnyOfAll(Random random) => random.Next(6) switch
        {
            0 => Any(services, random),
            1 => Any(scaling, random),
            2 => Any(observability, random),
            3 => Any(connectors, random),
            4 => Any(ingress, random),
            _ => Any(connections, random),
        };

        private static string Deletable(ConcurrentQueue<string> known, Random random)
        {
            var arn = Any(known, random);
            return arn.Contains("/" + ConfigurationNames[0] + "/", StringComparison.Ordinal) ? Unknown(arn) : arn;
        }

        private static string Partial(string type, Random random) => $"arn:aws:apprunner:us-east-1:123456789012:{type}/{ConfigurationNames[random.Next(1, ConfigurationNames.Length)]}";

        private static string Any(string[] names, Random random) => names[random.Next(names.Length)];

        // A known ARN. Newer ones are preferred, because older ones are often deleted.
        private static string Any(ConcurrentQueue<string> known, Random random)
        {
            var arns = known.ToArray();
            return arns.Length == 0 ? Unknown("arn:aws:apprunner:us-east-1:123456789012:service/none") : arns[Math.Max(0, arns.Length - 1 - random.Next(12))];
        }

        private static string Unknown(string arn) => arn + "/ffffffffffffffffffffffffffffffff";
    }
}
