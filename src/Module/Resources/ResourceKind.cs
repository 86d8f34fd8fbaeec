using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>
/// A kind of resource. All its names are made from its noun: <c>VpcConnector</c> has VpcConnectorArn and VpcConnectorName, and its ARNs
/// contain <c>vpcconnector/NAME</c>.
/// </summary>
internal sealed class ResourceKind
{
    private readonly Func<IAppRunnerClient, Action<IResource>, CancellationToken, Task> list;
    private readonly Lazy<IReadOnlyCollection<string>> memberNames;

    private ResourceKind(string noun, string displayName, Func<IAppRunnerClient, Action<IResource>, CancellationToken, Task> list, Func<Service, string?>? referenceIn = null)
    {
        Noun = noun;
        DisplayName = displayName;
        this.list = list;
        ReferenceIn = referenceIn;
        memberNames = new Lazy<IReadOnlyCollection<string>>(ReadMemberNames);
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

    /// <summary>All kinds, in order of precedence for an object with several ARNs: its own ARN before ARNs that it refers to.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } = [VpcIngressConnection, Service, AutoScalingConfiguration, Connection, ObservabilityConfiguration, VpcConnector];

    /// <summary>The API's noun, such as <c>VpcConnector</c>.</summary>
    public string Noun { get; }

    /// <summary>The display name.</summary>
    public string DisplayName { get; }

    /// <summary>The display name with its article.</summary>
    public string WithArticle => ("aeiou".IndexOf(DisplayName[0]) < 0 ? "a " : "an ") + DisplayName;

    /// <summary>Gets the ARN of the resource of this kind that a service uses; null if services do not refer to this kind.</summary>
    public Func<Service, string?>? ReferenceIn { get; }

    /// <summary>The member with its ARN.</summary>
    public string ArnMember => Noun + "Arn";

    /// <summary>The member with its name.</summary>
    public string NameMember => Noun + "Name";

    /// <summary>The first word of the resource part of its ARNs.</summary>
    public string ResourceType => Noun.ToLowerInvariant();

    /// <summary>The names of the members that an object with the resource or its definition may have.</summary>
    public IReadOnlyCollection<string> MemberNames => memberNames.Value;

    /// <summary>Whether one name has several active revisions.</summary>
    public bool HasRevisions => this == AutoScalingConfiguration || this == ObservabilityConfiguration;

    /// <summary>The kind of a noun.</summary>
    /// <param name="noun">Such as <c>VpcConnector</c>.</param>
    /// <returns>The kind.</returns>
    public static ResourceKind Of(string noun) => All.First(kind => kind.Noun == noun);

    /// <summary>The kind of resource that a member refers to.</summary>
    /// <param name="rule">The member's rule.</param>
    /// <returns>The kind.</returns>
    public static ResourceKind Of(ArnAttribute rule) => All.First(kind => kind.ResourceType == rule.ResourceType);

    /// <summary>The kind of an ARN; null if it is not an App Runner ARN.</summary>
    /// <param name="arn">The ARN.</param>
    /// <returns>The kind.</returns>
    public static ResourceKind? Of(Arn arn) => arn.Service == "apprunner" ? All.FirstOrDefault(kind => kind.ResourceType == arn.ResourceType) : null;

    /// <summary>Whether a resource exists, so that it can be used. Deleted ones are still listed for some time.</summary>
    /// <param name="resource">A resource.</param>
    /// <returns>False if it is deleted, or an inactive revision.</returns>
    public static bool IsActive(IResource resource) => StatusOf(resource)?.ToUpperInvariant() is not (ServiceStatus.Deleted or VpcConnectorStatus.Inactive);

    /// <summary>The status of a resource.</summary>
    /// <param name="resource">A resource.</param>
    /// <returns>The API's status; null if the object has none.</returns>
    public static string? StatusOf(IResource resource) => resource switch
    {
        ServiceSummary service => service.Status,
        ConnectionSummary connection => connection.Status,
        VpcConnector connector => connector.Status,
        VpcIngressConnectionSummary ingress => (ingress as VpcIngressConnection)?.Status,
        AutoScalingConfigurationSummary scaling => scaling.Status,
        ObservabilityConfiguration observability => observability.Status,
        _ => null,
    };

    /// <summary>Lists all resources of this kind.</summary>
    /// <param name="client">The client to send with.</param>
    /// <param name="take">Called with each resource.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    public Task ListAsync(IAppRunnerClient client, Action<IResource> take, CancellationToken cancellationToken) => list(client, take, cancellationToken);

    /// <summary>Parses an ARN of this kind.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The ARN.</param>
    /// <returns>False if the text is not an ARN of this kind.</returns>
    public bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arn? arn) =>
        Arn.TryParse(text, out arn) && arn.Service == "apprunner" && arn.ResourceType == ResourceType && arn.Name.Length > 0 && arn.Region.Length > 0
        && (HasRevisions || this == VpcConnector || arn.Id is { Length: > 0 });

    // From the Model's classes, and from the class with the short names of a definition, which is in the namespace of the cmdlets.
    private string[] ReadMemberNames()
    {
        var model = typeof(IResource).Assembly;
        var prefix = typeof(IResource).Namespace + ".";
        var types = new[] { Noun, Noun + "Summary", $"Create{Noun}Request" }.Select(name => model.GetType(prefix + name))
            .Append(typeof(ResourceKind).Assembly.GetType($"{nameof(AppRunner)}.{Noun}s.{Noun}Definition"));
        var members = types.SelectMany(type => type?.GetProperties() ?? []).ToArray();
        return [.. members.Select(member => member.Name), .. members.SelectMany(member => member.GetCustomAttributes<AliasAttribute>()).SelectMany(alias => alias.AliasNames), "Name", "ResourceArn", "OperationId", "Tag"];
    }

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
