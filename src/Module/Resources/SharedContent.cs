using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Resources;

/// <summary>
/// The content of a shared setting (auto scaling configuration, VPC connector, observability configuration) that a definition gives in a member
/// of its own beside the ARN. The API has no such members, so it is kept beside the object; the ARN's member has the name until
/// <see cref="SharedSettings"/> has the ARN.
/// </summary>
/// <param name="Path">The path of the member in a definition.</param>
/// <param name="ArnPath">The path of the member with the ARN.</param>
/// <param name="Content">The request that would create it.</param>
internal sealed record SharedContent(string Path, string ArnPath, AppRunnerRequest Content)
{
    private static readonly ConditionalWeakTable<object, AppRunnerRequest> Contents = new();

    /// <summary>The members that take the content, in objects of the API.</summary>
    public static IReadOnlyList<(Type Owner, string Member, string ArnMember, Type Content)> Members { get; } =
    [
        (typeof(EgressConfiguration), "VpcConnector", nameof(EgressConfiguration.VpcConnectorArn), typeof(CreateVpcConnectorRequest)),
        (typeof(ServiceObservabilityConfiguration), "Configuration", nameof(ServiceObservabilityConfiguration.ObservabilityConfigurationArn), typeof(CreateObservabilityConfigurationRequest)),
    ];

    /// <summary>The kind of resource.</summary>
    public ResourceKind Kind => KindOf(Content.GetType())!;

    /// <summary>The name in the content; null if it has none.</summary>
    public string? Name => NameOf(Content);

    /// <summary>The part of a snapshot that has the content which a service uses.</summary>
    public SnapshotParts Part => Content switch
    {
        CreateAutoScalingConfigurationRequest => SnapshotParts.AutoScalingConfiguration,
        CreateVpcConnectorRequest => SnapshotParts.VpcConnector,
        _ => SnapshotParts.ObservabilityConfiguration,
    };

    /// <summary>Whether a member of a resource is not part of its content, such as its ARN: a resource may be given as content.</summary>
    /// <param name="content">The type of the content.</param>
    /// <param name="member">The member.</param>
    /// <returns>True to skip it.</returns>
    public static bool IsIgnored(Type content, string member) => KindOf(content) is { } kind && kind.MemberNames.Contains(member, StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a content beside an object, and sets the object's ARN to the name.</summary>
    /// <param name="owner">The object with the member for the ARN.</param>
    /// <param name="arnMember">That member.</param>
    /// <param name="content">The content.</param>
    public static void Attach(object owner, string arnMember, AppRunnerRequest content)
    {
        Contents.Remove(owner);
        Contents.Add(owner, content);
        owner.GetType().GetProperty(arnMember)!.SetValue(owner, NameOf(content) is { Length: > 0 } name ? name : "unnamed");
    }

    /// <summary>The contents in a request.</summary>
    /// <param name="request">A CreateServiceRequest or UpdateServiceRequest.</param>
    /// <returns>The contents with their paths.</returns>
    public static IReadOnlyList<SharedContent> In(AppRunnerRequest request)
    {
        var (network, observability) = request switch
        {
            CreateServiceRequest create => (create.NetworkConfiguration, create.ObservabilityConfiguration),
            UpdateServiceRequest update => (update.NetworkConfiguration, update.ObservabilityConfiguration),
            _ => (null, null),
        };
        const string Egress = nameof(NetworkConfiguration) + "." + nameof(EgressConfiguration) + ".";
        const string Observability = nameof(ObservabilityConfiguration) + ".";
        return new[]
        {
            Of(request, nameof(AutoScalingConfiguration), nameof(CreateServiceRequest.AutoScalingConfigurationArn)),
            Of(network?.EgressConfiguration, Egress + nameof(VpcConnector), Egress + nameof(EgressConfiguration.VpcConnectorArn)),
            Of(observability, Observability + "Configuration", Observability + nameof(ServiceObservabilityConfiguration.ObservabilityConfigurationArn)),
        }.OfType<SharedContent>().ToArray();

        static SharedContent? Of(object? owner, string path, string arnPath) => owner is not null && Contents.TryGetValue(owner, out var content) ? new SharedContent(path, arnPath, content) : null;
    }

    /// <summary>The problems of the contents in a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The problems, with their paths in the definition.</returns>
    public static IEnumerable<Problem> Check(AppRunnerRequest request) => In(request).SelectMany(content => RequestRules.Check(content.Content).Select(problem => problem.Under(content.Path)));

    /// <summary>A copy of a request with the ARNs of its contents.</summary>
    /// <typeparam name="T">The request.</typeparam>
    /// <param name="request">The request. It is not changed.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="arnOf">The ARN of each; null leaves it out.</param>
    /// <returns>The copy; the request itself if there are no contents.</returns>
    public static T WithArns<T>(T request, IReadOnlyList<SharedContent> contents, Func<SharedContent, string?> arnOf)
        where T : AppRunnerRequest
    {
        if (contents.Count == 0)
            return request;
        var copy = WireJson.Clone(request)!;
        foreach (var content in contents)
        {
            object? owner = copy;
            var steps = content.ArnPath.Split('.');
            foreach (var step in steps.Take(steps.Length - 1))
                owner = owner?.GetType().GetProperty(step)!.GetValue(owner);
            owner?.GetType().GetProperty(steps[steps.Length - 1])!.SetValue(owner, arnOf(content));
        }

        return copy;
    }

    /// <summary>The differences between this content and a resource.</summary>
    /// <param name="actual">The resource; null if there is none.</param>
    /// <param name="service">The service that uses it, for the differences.</param>
    /// <returns>The differences; empty if they are equal.</returns>
    public IReadOnlyList<ServiceDifference> Compare(IResource? actual, Service service) => ServiceComparer.CompareContent(
        Path,
        Content,
        actual ?? Content switch
        {
            CreateAutoScalingConfigurationRequest => new AutoScalingConfiguration(),
            CreateVpcConnectorRequest => new VpcConnector(),
            _ => new ObservabilityConfiguration(),
        },
        service);

    /// <summary>The resource of this kind that a service uses.</summary>
    /// <param name="snapshot">The service.</param>
    /// <returns>The resource; null if it uses none.</returns>
    public IResource? UsedBy(ServiceSnapshot snapshot) => Content switch
    {
        CreateAutoScalingConfigurationRequest => snapshot.AutoScalingConfiguration,
        CreateVpcConnectorRequest => snapshot.VpcConnector,
        _ => snapshot.ObservabilityConfiguration,
    };

    private static ResourceKind? KindOf(Type content) =>
        content == typeof(CreateAutoScalingConfigurationRequest) ? ResourceKind.AutoScalingConfiguration
        : content == typeof(CreateVpcConnectorRequest) ? ResourceKind.VpcConnector
        : content == typeof(CreateObservabilityConfigurationRequest) ? ResourceKind.ObservabilityConfiguration
        : null;

    private static string? NameOf(AppRunnerRequest content) => content switch
    {
        CreateAutoScalingConfigurationRequest scaling => scaling.AutoScalingConfigurationName,
        CreateVpcConnectorRequest connector => connector.VpcConnectorName,
        CreateObservabilityConfigurationRequest observability => observability.ObservabilityConfigurationName,
        _ => null,
    };
}
