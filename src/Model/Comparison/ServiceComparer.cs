using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Comparison;

/// <summary>Compares a definition or a request with a service. The only comparison of the module.</summary>
/// <remarks>
/// A top-level member that is null is not managed and not compared. One that is given is compared whole, with the API's defaults for what it
/// leaves out. Members are found by reflection and compared by their declared attributes:
///   <see cref="DefaultAttribute"/>            absent means this value, on both sides
///   <see cref="KeptIfAbsentAttribute"/>       absent means not managed
///   <see cref="SensitiveAttribute"/>          the values of a difference are masked
///   <see cref="ICanonicalForm"/>              spellings of one value are equal: 1 vCPU and 1024
///   <see cref="MapAttribute.ValuesAreReferences"/>  the name of an SSM parameter is equal to its ARN in the service's region and account
/// App Runner's ARNs may leave out revision and id. Absent, null, '' , {} and [] are equal, but in maps '' is a value. Lists of text are sets.
/// Tags are a map without aws:. <see cref="IsUnused"/> has the members that the API ignores because of another member.
/// </remarks>
internal static class ServiceComparer
{
    private const string Mask = "*****";

    /// <summary>The differences between a definition or a request and a service, in the order of the API's members.</summary>
    /// <param name="desired">A CreateServiceRequest or UpdateServiceRequest; not changed.</param>
    /// <param name="actual">The service, as returned by DescribeService; null if there is none. Not changed.</param>
    /// <param name="actualTags">The service's tags; null does not compare tags.</param>
    /// <returns>The differences; empty if there are none. Without a service, or if it is DELETED, one with the effect Create.</returns>
    public static IReadOnlyList<ServiceDifference> Compare(AppRunnerRequest desired, Service? actual, IReadOnlyCollection<Tag>? actualTags = null)
    {
        var name = (desired as CreateServiceRequest)?.ServiceName ?? actual?.ServiceName;
        if (actual is null || actual.Status == ServiceStatus.Deleted)
            return [new ServiceDifference(name, string.Empty, DifferenceKind.Added, name, null, DifferenceEffect.Create)];
        var comparison = new Comparison(name, actual);
        foreach (var member in RequestRules.MembersOf(desired.GetType()))
        {
            // The service was found by name or ARN, so these are equal.
            if (member.Property.Name is nameof(CreateServiceRequest.ServiceName) or nameof(UpdateServiceRequest.ServiceArn) || member.Property.GetValue(desired) is not { } value || value is "")
                continue;

            // What UpdateService does not have cannot be changed.
            comparison.Effect = typeof(UpdateServiceRequest).GetProperty(member.Property.Name) is null ? DifferenceEffect.Replacement : DifferenceEffect.InPlace;
            if (value is not List<Tag> tags)
                comparison.CompareMember(member, member.Property.Name, value, ActualOf(member.Property, actual));
            else if (actualTags is not null)
                comparison.CompareTags(member.Property.Name, tags, actualTags);
        }

        return comparison.Differences;
    }

    /// <summary>The differences between the content of a shared configuration, such as a VPC connector, and the one that a service uses.</summary>
    /// <param name="path">The path of the member that has it.</param>
    /// <param name="desired">A shape or a request. It is compared whole, except for its tags. Not changed.</param>
    /// <param name="actual">The shape with the same members that exists; not changed.</param>
    /// <param name="service">The service, for the names in the differences.</param>
    /// <returns>The differences; empty if there are none.</returns>
    public static IReadOnlyList<ServiceDifference> CompareContent(string path, object desired, object actual, Service service)
    {
        var comparison = new Comparison(service.ServiceName, service) { Effect = DifferenceEffect.InPlace };
        var whole = Complete(desired);
        foreach (var member in RequestRules.MembersOf(desired.GetType()))
        {
            // The API requires a name, so a definition without one is not complete; nothing can be said about it.
            var value = member.Property.GetValue(whole);
            if (actual.GetType().GetProperty(member.Property.Name) is { } counterpart && !(IsAbsent(value) && (member.KeptIfAbsent || member.Required)))
                comparison.CompareMember(member, path + "." + member.Property.Name, value, counterpart.GetValue(actual));
        }

        return comparison.Differences;
    }

    private static object? ActualOf(PropertyInfo member, Service actual) => member.Name == nameof(CreateServiceRequest.AutoScalingConfigurationArn)
        ? actual.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn
        : typeof(Service).GetProperty(member.Name)!.GetValue(actual);

    // A copy with the API's defaults.
    private static object Complete(object shape) => Defaults.Fill(WireJson.Read(WireJson.Write(shape), shape.GetType()));

    // Defaults that no attribute declares, because the API requires these members.
    private static object? DefaultOf(object shape, string member) => (shape, member) switch
    {
        (CodeRepository, nameof(CodeRepository.SourceCodeVersion)) => Defaults.Fill(new SourceCodeVersion()),
        (ServiceObservabilityConfiguration, nameof(ServiceObservabilityConfiguration.ObservabilityEnabled)) => false,
        _ => null,
    };

    // Whether the API ignores a member because of another member of the definition.
    private static bool IsUnused(object desired, string member) => (desired, member) switch
    {
        (HealthCheckConfiguration { Protocol: HealthCheckProtocol.Tcp }, nameof(HealthCheckConfiguration.Path)) => true,
        (CodeConfiguration { ConfigurationSource: ConfigurationSource.Repository }, nameof(CodeConfiguration.CodeConfigurationValues)) => true,
        (EgressConfiguration { EgressType: EgressType.Default }, nameof(EgressConfiguration.VpcConnectorArn)) => true,
        (NetworkConfiguration { IngressConfiguration.IsPubliclyAccessible: false }, nameof(NetworkConfiguration.IpAddressType)) => true,
        (ServiceObservabilityConfiguration { ObservabilityEnabled: not true }, nameof(ServiceObservabilityConfiguration.ObservabilityConfigurationArn)) => true,
        _ => false,
    };

    private static bool IsAbsent(object? value) => value is null or "" or ICollection { Count: 0 };

    // Also where one ARN leaves out revision or id.
    private static bool IsSameResource(string one, string other) =>
        Arn.TryParse(one, out var a) && Arn.TryParse(other, out var b)
        && a.Service == "apprunner" && b.Service == a.Service && b.Region == a.Region && b.AccountId == a.AccountId && b.ResourceType == a.ResourceType && b.Name == a.Name
        && (a.Revision is null || b.Revision is null || a.Revision == b.Revision) && (a.Id is null || b.Id is null || a.Id == b.Id);

    private sealed class Comparison(string? serviceName, Service service)
    {
        private readonly List<ServiceDifference> differences = [];

        public IReadOnlyList<ServiceDifference> Differences => differences;

        public string Effect { get; set; } = DifferenceEffect.InPlace;

        public void CompareMember(ShapeMember member, string path, object? desired, object? actual)
        {
            if (desired is not null && RequestRules.IsShape(desired.GetType()))
                CompareShapes(path, Complete(desired), Complete(actual ?? Activator.CreateInstance(desired.GetType())!));
            else
                CompareValues(member, path, desired, actual);
        }

        public void CompareTags(string path, IEnumerable<Tag> desired, IEnumerable<Tag> actual)
        {
            Effect = DifferenceEffect.Tags;
            CompareMaps(path, MapOf(desired), MapOf(actual), isSensitive: false, form: null);

            static Dictionary<string, string> MapOf(IEnumerable<Tag> tags)
            {
                var map = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var tag in tags)
                {
                    if (tag is { Key: { } key, IsReserved: false })
                        map[key] = tag.Value ?? string.Empty;
                }

                return map;
            }
        }

        private void CompareShapes(string path, object desired, object actual)
        {
            // No update changes an image into a code repository. What they contain is not compared then.
            if (desired is SourceConfiguration wanted && actual is SourceConfiguration source && KindOf(wanted) is { } kind && KindOf(source) is { } current && kind != current)
            {
                Effect = DifferenceEffect.Replacement;
                Add(path, DifferenceKind.Changed, wanted.ToString(), source.ToString());
                return;
            }

            // An update without a repository keeps the source, and changes only what it names.
            var isPartial = desired is SourceConfiguration { CodeRepository: null, ImageRepository: null };
            foreach (var member in RequestRules.MembersOf(desired.GetType()))
            {
                var name = member.Property.Name;
                var wants = member.Property.GetValue(desired);
                if ((IsAbsent(wants) && (isPartial || member.KeptIfAbsent)) || IsUnused(desired, name))
                    continue;
                wants ??= DefaultOf(desired, name);
                var has = member.Property.GetValue(actual) ?? DefaultOf(actual, name);
                var shape = wants ?? has;
                if (shape is not null && RequestRules.IsShape(shape.GetType()))
                    CompareShapes(path + "." + name, wants ?? Activator.CreateInstance(shape.GetType())!, has ?? Activator.CreateInstance(shape.GetType())!);
                else
                    CompareValues(member, path + "." + name, wants, has);
            }

            static string? KindOf(SourceConfiguration source) => source.ImageRepository is not null ? nameof(source.ImageRepository) : source.CodeRepository is not null ? nameof(source.CodeRepository) : null;
        }

        private void CompareValues(ShapeMember member, string path, object? desired, object? actual)
        {
            if (desired is IDictionary or null && actual is IDictionary or null && (desired ?? actual) is not null)
            {
                var references = member.Rules.OfType<MapAttribute>().Any(rule => rule.ValuesAreReferences);
                CompareMaps(path, (Dictionary<string, string>?)desired ?? [], (Dictionary<string, string>?)actual ?? [], member.Sensitive, references ? FullReference : null);
                return;
            }

            if (IsAbsent(desired) || IsAbsent(actual))
            {
                if (!IsAbsent(desired))
                    Add(path, DifferenceKind.Added, Shown(desired!), null);
                else if (!IsAbsent(actual))
                    Add(path, DifferenceKind.Removed, null, Shown(actual!));
                return;
            }

            if (!AreEqual(Shown(desired!), Shown(actual!)))
                Add(path, DifferenceKind.Changed, Shown(desired!), Shown(actual!), member.Sensitive);

            object Shown(object value) => value switch
            {
                string text => member.Rules.OfType<ICanonicalForm>().Aggregate(text, (form, rule) => rule.Canonical(form)),
                IEnumerable<string> list => list.OrderBy(entry => entry, StringComparer.Ordinal).ToArray(),
                _ => value,
            };

            void Add(string at, string kind, object? wanted, object? found, bool isSensitive = false) =>
                this.Add(at, kind, member.Sensitive && wanted is not null ? Mask : wanted, member.Sensitive && found is not null ? Mask + (isSensitive ? " (differs)" : string.Empty) : found);
        }

        private void CompareMaps(string path, Dictionary<string, string> desired, Dictionary<string, string> actual, bool isSensitive, Func<string, string>? form)
        {
            foreach (var wanted in desired.Where(pair => pair.Value is not null))
            {
                if (!actual.TryGetValue(wanted.Key, out var found) || found is null)
                    Add(At(wanted.Key), DifferenceKind.Added, isSensitive ? Mask : wanted.Value, null);
                else if (form is null ? found != wanted.Value : form(found) != form(wanted.Value))
                    Add(At(wanted.Key), DifferenceKind.Changed, isSensitive ? Mask : wanted.Value, isSensitive ? Mask + " (differs)" : found);
            }

            foreach (var found in actual.Where(pair => pair.Value is not null && !(desired.TryGetValue(pair.Key, out var wanted) && wanted is not null)))
                Add(At(found.Key), DifferenceKind.Removed, null, isSensitive ? Mask : found.Value);

            string At(string key) => Regex.IsMatch(key, "\\A[A-Za-z0-9_-]+\\z") ? path + "." + key : $"{path}['{key.Replace("'", "''")}']";
        }

        private string FullReference(string reference) => RunSettingRules.FullReference(reference, service.ServiceArn);

        private static bool AreEqual(object one, object other) => (one, other) switch
        {
            (string a, string b) => a == b || IsSameResource(a, b),
            (string[] a, string[] b) => new HashSet<string>(a, StringComparer.Ordinal).SetEquals(b),
            _ => Equals(one, other),
        };

        private void Add(string path, string kind, object? desired, object? actual) => differences.Add(new ServiceDifference(serviceName, path, kind, desired, actual, Effect));
    }
}
