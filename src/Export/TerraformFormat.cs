using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Export;

/// <summary>A configuration of Terraform for its provider aws; with Import it takes over the existing resources.</summary>
/// <remarks>The provider names its arguments and blocks like the API's members, in snake case.</remarks>
internal sealed class TerraformFormat : IExportFormat
{
    /// <inheritdoc/>
    public string Name => ExportFormat.Terraform;

    /// <inheritdoc/>
    public string Suffix => ".tf";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => [nameof(ExportOptions.IncludeShared), nameof(ExportOptions.Import), nameof(ExportOptions.NoValue)];

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) =>
        SnapshotParts.Tags | SnapshotParts.AutoScalingConfiguration | SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections | SnapshotParts.SharedTags
        | (options.IncludeShared ? SnapshotParts.VpcConnector | SnapshotParts.ObservabilityConfiguration | SnapshotParts.Connection : SnapshotParts.None);

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        SharedResources.CheckRegion(services, problems);
        var configuration = new Configuration(names, options, problems);
        if (options.IncludeShared)
            configuration.AddShared(services);
        foreach (var service in services)
            configuration.AddService(service);
        return [new ExportedFile(name + Suffix, HclBlock.ToText(configuration.Blocks))];
    }

    private sealed class Configuration(UniqueNames names, ExportOptions options, ExportProblems problems)
    {
        private const string Prefix = "aws_apprunner_";

        private readonly List<HclBlock> variables = [];
        private readonly List<HclBlock> imports = [];
        private readonly List<HclBlock> resources = [];

        // The expressions for the ARNs of the resources in the file.
        private readonly Dictionary<string, HclExpression> known = new(StringComparer.Ordinal);

        public IEnumerable<HclBlock> Blocks => [.. variables, .. imports, .. resources];

        public void AddShared(IReadOnlyList<ServiceSnapshot> services)
        {
            foreach (var (service, connection) in SharedResources.Connections(services))
            {
                Add("connection", connection.ConnectionName!, connection, connection.ConnectionName!)
                    .Set("connection_name", connection.ConnectionName)
                    .Set("provider_type", connection.ProviderType)
                    .Set("tags", TagsOf(service, connection));
            }

            foreach (var (service, scaling) in SharedResources.AutoScalingConfigurations(services))
            {
                Add("auto_scaling_configuration_version", scaling.AutoScalingConfigurationName!, scaling)
                    .Set("auto_scaling_configuration_name", scaling.AutoScalingConfigurationName)
                    .Set("max_concurrency", scaling.MaxConcurrency)
                    .Set("max_size", scaling.MaxSize)
                    .Set("min_size", scaling.MinSize)
                    .Set("tags", TagsOf(service, scaling));
            }

            foreach (var (service, connector) in SharedResources.VpcConnectors(services))
            {
                Add("vpc_connector", connector.VpcConnectorName!, connector)
                    .Set("vpc_connector_name", connector.VpcConnectorName)
                    .Set("subnets", connector.Subnets)
                    .Set("security_groups", connector.SecurityGroups ?? [])
                    .Set("tags", TagsOf(service, connector));
            }

            foreach (var (service, observability) in SharedResources.ObservabilityConfigurations(services))
            {
                Add("observability_configuration", observability.ObservabilityConfigurationName!, observability)
                    .Set("observability_configuration_name", observability.ObservabilityConfigurationName)
                    .Set("tags", TagsOf(service, observability))
                    .Add(new HclBlock("trace_configuration").Set("vendor", observability.TraceConfiguration?.Vendor));
            }
        }

        public void AddService(ServiceSnapshot service)
        {
            Losses.WarnOfPause(service, problems);
            var definition = Definitions.Of(service);
            Losses.DropCommandsWithLineBreaks(service, definition, Definitions.RunSettingsPath(definition), problems);
            Fill(Add("service", service.Service.ServiceName!, service.Service), service, definition, string.Empty);
            foreach (var ingress in service.VpcIngressConnections)
            {
                Add("vpc_ingress_connection", ingress.VpcIngressConnectionName!, ingress)
                    .Set("name", ingress.VpcIngressConnectionName)
                    .Set("service_arn", ArnOf(ingress.ServiceArn))
                    .Set("tags", TagsOf(service, ingress))
                    .Add(new HclBlock("ingress_vpc_configuration").Set("vpc_id", ingress.IngressVpcConfiguration?.VpcId).Set("vpc_endpoint_id", ingress.IngressVpcConfiguration?.VpcEndpointId));
            }

            foreach (var domain in service.CustomDomains)
            {
                Add("custom_domain_association", service.Service.ServiceName + "_" + domain.DomainName, resource: null, $"{domain.DomainName},{service.Service.ServiceArn}")
                    .Set("domain_name", domain.DomainName)
                    .Set("enable_www_subdomain", domain.EnableWWWSubdomain)
                    .Set("service_arn", ArnOf(service.Service.ServiceArn));
            }
        }

        // RuntimeEnvironmentVariables becomes runtime_environment_variables.
        private static string Snake(string member)
        {
            var text = new StringBuilder();
            foreach (var c in member)
                text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : string.Empty).Append(char.ToLowerInvariant(c));
            return text.ToString();
        }

        private static Dictionary<string, object>? MapOf(IEnumerable<Tag>? tags) => tags?.ToDictionary(tag => tag.Key!, tag => (object)(tag.Value ?? string.Empty), StringComparer.Ordinal);

        private static Dictionary<string, object>? TagsOf(ServiceSnapshot service, IResource resource) => MapOf(SharedResources.TagsOf(service, resource));

        private object? ArnOf(string? arn) => arn is not null && known.TryGetValue(arn, out var expression) ? expression : arn;

        private HclBlock Add(string type, string name, IResource? resource, string? importId = null)
        {
            var label = Unique(Prefix + type + ".", name);
            var address = $"{Prefix}{type}.{label}";
            if (options.Import)
                imports.Add(new HclBlock("import").Set("to", new HclExpression(address)).Set("id", importId ?? resource!.ResourceArn));
            if (resource is not null)
                known[resource.ResourceArn!] = new HclExpression(address + ".arn");
            var block = new HclBlock("resource", Prefix + type, label);
            resources.Add(block);
            return block;
        }

        // Unique in all files of the command, because all files of a folder are one configuration.
        private string Unique(string kind, string name) => names.Add(kind + HclText.Identifier(name)).Substring(kind.Length);

        private void Fill(HclBlock block, ServiceSnapshot service, object shape, string path)
        {
            var nested = new List<(string Name, object Shape, string Path)>();
            foreach (var member in RequestRules.WireMembers(shape.GetType()))
            {
                var here = path.Length == 0 ? member.Name : path + "." + member.Name;
                switch (member.GetValue(shape))
                {
                    case null:
                        break;
                    case List<Tag> tags:
                        block.Set("tags", MapOf(tags));
                        foreach (var tag in tags)
                            WarnOfNormalization(service, here + "." + tag.Key, tag.Key!, tag.Value ?? string.Empty);
                        break;
                    case IDictionary<string, string> map:
                        foreach (var pair in map)
                            WarnOfNormalization(service, here + "." + pair.Key, pair.Key, pair.Value);
                        block.Set(Snake(member.Name), map.ToDictionary(pair => pair.Key, pair => options.NoValue && member.Name == nameof(IRunSettings.RuntimeEnvironmentVariables) ? Variable(service, pair.Key) : (object)pair.Value, StringComparer.Ordinal));
                        break;
                    case string text:
                        WarnOfNormalization(service, here, text);
                        block.Set(Snake(member.Name), ArnOf(text));
                        break;
                    case ICollection:
                        throw new NotSupportedException(here);
                    case { } value when RequestRules.IsShape(value.GetType()):
                        nested.Add((Snake(member.Name), value, here));
                        break;
                    case { } value:
                        block.Set(Snake(member.Name), value);
                        break;
                }
            }

            // The main blocks in the API's order, the others by name.
            foreach (var (name, value, here) in nested.OrderBy(entry => path.Length == 0 ? string.Empty : entry.Name, StringComparer.Ordinal))
            {
                var inner = new HclBlock(name);
                Fill(inner, service, value, here);
                block.Add(inner);
            }
        }

        private HclExpression Variable(ServiceSnapshot service, string key)
        {
            var (block, reference) = TerraformVariable.Of(service, names, key);
            variables.Add(block);
            return reference;
        }

        private void WarnOfNormalization(ServiceSnapshot service, string path, params string[] texts)
        {
            if (!Array.TrueForAll(texts, text => text.IsNormalized(NormalizationForm.FormC)))
                problems.Warn(service, path, "is not in Unicode's normalization form C. Terraform converts it to that form.");
        }
    }
}
