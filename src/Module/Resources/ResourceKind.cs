using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>
/// A kind of resource. Its noun says all names: <c>VpcConnector</c> has VpcConnectorArn and VpcConnectorName, and its ARNs have
/// <c>vpcconnector/NAME</c>.
/// </summary>
internal sealed class ResourceKind
{
    private readonly Func<IAppRunnerClient, Action<IResource>, CancellationToken, Task> list;

    private ResourceKind(string noun, string displayName, Func<IAppRunnerClient, Action<IResource>, CancellationToken, Task> list, Func<Service, string?>? referenceIn = null)
    {
        Noun = noun;
        DisplayName = displayName;
        this.list = list;
        ReferenceIn = referenceIn;
    }

    public static ResourceKind Service { get; } = Make<ListServicesResponse>(
        nameof(Service), "service", () => new ListServicesRequest(), page => page.ServiceSummaryList);

    public static ResourceKind AutoScalingConfiguration { get; } = Make<ListAutoScalingConfigurationsResponse>(
        nameof(AutoScalingConfiguration), "auto scaling configuration", () => new ListAutoScalingConfigurationsRequest { LatestOnly = false }, page => page.AutoScalingConfigurationSummaryList,
        service => service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn);

    public static ResourceKind Connection { get; } = Make<ListConnectionsResponse>(
        nameof(Connection), "connection", () => new ListConnectionsRequest(), page => page.ConnectionSummaryList,
        service => service.SourceConfiguration?.AuthenticationConfiguration?.ConnectionArn);

    public static ResourceKind ObservabilityConfiguration { get; } = Make<ListObservabilityConfigurationsResponse>(
        nameof(ObservabilityConfiguration), "observability configuration", () => new ListObservabilityConfigurationsRequest { LatestOnly = false }, page => page.ObservabilityConfigurationSummaryList,
        service => service.ObservabilityConfiguration?.ObservabilityConfigurationArn);

    public static ResourceKind VpcConnector { get; } = Make<ListVpcConnectorsResponse>(
        nameof(VpcConnector), "VPC connector", () => new ListVpcConnectorsRequest(), page => page.VpcConnectors,
        service => service.NetworkConfiguration?.EgressConfiguration?.VpcConnectorArn);

    public static ResourceKind VpcIngressConnection { get; } = Make<ListVpcIngressConnectionsResponse>(
        nameof(VpcIngressConnection), "VPC ingress connection", () => new ListVpcIngressConnectionsRequest(), page => page.VpcIngressConnectionSummaryList);

    /// <summary>All kinds; those that an object mostly is come before those that it mostly refers to.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } = [VpcIngressConnection, Service, AutoScalingConfiguration, Connection, ObservabilityConfiguration, VpcConnector];

    /// <summary>The API's noun, such as <c>VpcConnector</c>.</summary>
    public string Noun { get; }

    /// <summary>What people call it.</summary>
    public string DisplayName { get; }

    /// <summary>The same with its article.</summary>
    public string WithArticle => ("aeiou".IndexOf(DisplayName[0]) < 0 ? "a " : "an ") + DisplayName;

    /// <summary>The ARN that a service has of one it uses; null where services do not refer to this kind.</summary>
    public Func<Service, string?>? ReferenceIn { get; }

    /// <summary>The member that holds its ARN.</summary>
    public string ArnMember => Noun + "Arn";

    /// <summary>The member that holds its name.</summary>
    public string NameMember => Noun + "Name";

    /// <summary>The first word of the resource part of its ARNs.</summary>
    public string ResourceType => Noun.ToLowerInvariant();

    /// <summary>Whether its names have revisions that are used side by side.</summary>
    public bool HasRevisions => this == AutoScalingConfiguration || this == ObservabilityConfiguration;

    /// <summary>The kind of a noun.</summary>
    /// <param name="noun">Such as <c>VpcConnector</c>.</param>
    /// <returns>The kind.</returns>
    public static ResourceKind Of(string noun) => All.First(kind => kind.Noun == noun);

    /// <summary>The kind that an ARN is of; null where it is none of App Runner's.</summary>
    /// <param name="arn">The ARN.</param>
    /// <returns>The kind.</returns>
    public static ResourceKind? Of(Arn arn) => arn.Service == "apprunner" ? All.FirstOrDefault(kind => kind.ResourceType == arn.ResourceType) : null;

    /// <summary>Reads all resources of this kind.</summary>
    /// <param name="client">Where to ask.</param>
    /// <param name="take">Gets each.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task for the end.</returns>
    public Task ListAsync(IAppRunnerClient client, Action<IResource> take, CancellationToken cancellationToken) => list(client, take, cancellationToken);

    /// <summary>Whether a text is an ARN of this kind that names a resource.</summary>
    /// <param name="text">What may be one.</param>
    /// <param name="arn">The ARN.</param>
    /// <returns>False where it is not.</returns>
    public bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arn? arn) =>
        Arn.TryParse(text, out arn) && arn.Service == "apprunner" && arn.ResourceType == ResourceType && arn.Name.Length > 0 && arn.Region.Length > 0
        && (HasRevisions || this == VpcConnector || arn.Id is { Length: > 0 });

    private static ResourceKind Make<TPage>(
        string noun, string displayName, Func<AppRunnerRequest<TPage>> request, Func<TPage, IEnumerable<IResource>?> entries, Func<Service, string?>? referenceIn = null)
        where TPage : AppRunnerResponse, IPagedResponse => new(
            noun,
            displayName,
            (client, take, cancellationToken) => Pages.ReadAsync(
                client,
                request(),
                page =>
                {
                    foreach (var entry in entries(page) ?? [])
                        take(entry);
                    return Task.FromResult(true);
                },
                cancellationToken),
            referenceIn);
}
