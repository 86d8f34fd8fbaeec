using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Export;

/// <summary>A template of AWS CloudFormation as JSON; with Import one for the import of existing resources, and the file that identifies them.</summary>
/// <remarks>
/// The properties of the types are the members of CreateService and of the requests that create shared resources, with these differences:
/// environment variables and secrets are lists of Name and Value, and a resource of the same template is referred to by Fn::GetAtt.
/// </remarks>
internal sealed class CloudFormationFormat : IExportFormat
{
    // AWS's limits for a template. A parameter's value has at most 4096 bytes.
    private const int MaxParameters = 200;
    private const int MaxResources = 500;
    private const int MaxBytes = 1_000_000;
    private const int MaxInlineBytes = 51_200;
    private const int MaxParameterBytes = 4096;
    private const string TypePrefix = "AWS::AppRunner::";

    /// <inheritdoc/>
    public string Name => ExportFormat.CloudFormation;

    /// <inheritdoc/>
    public string Suffix => ".template.json";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => [nameof(ExportOptions.IncludeShared), nameof(ExportOptions.Import), nameof(ExportOptions.NoValue)];

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) =>
        SnapshotParts.Tags | SnapshotParts.AutoScalingConfiguration | SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections | SnapshotParts.SharedTags
        | (options.IncludeShared ? SnapshotParts.VpcConnector | SnapshotParts.ObservabilityConfiguration : SnapshotParts.None);

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        SharedResources.CheckRegion(services, problems);
        var template = new Template(options, problems);
        if (options.IncludeShared)
            template.AddShared(services);
        foreach (var service in services)
            template.AddService(service, isOnly: services.Count == 1);

        var text = JsonText.Of(template.ToJson(services));
        var size = Encoding.UTF8.GetByteCount(text);
        if (template.ResourceCount > MaxResources)
            problems.Refuse(services[0], "Template", $"would have {template.ResourceCount} resources, but CloudFormation takes {MaxResources}. Export fewer services into one file.");
        if (template.ParameterCount > MaxParameters)
            problems.Refuse(services[0], "RuntimeEnvironmentVariables", $"would be {template.ParameterCount} parameters, but a template has at most {MaxParameters}. Export fewer services into one file, or without -NoValue.");
        if (size > MaxBytes)
            problems.Refuse(services[0], "Template", string.Format(CultureInfo.InvariantCulture, "would have {0:N0} bytes, but CloudFormation takes at most 1 MB. Export fewer services into one file.", size));
        else if (size > MaxInlineBytes)
            problems.Warn(services[0], "Template", string.Format(CultureInfo.InvariantCulture, "has {0:N0} bytes. CloudFormation reads a template of more than {1:N0} bytes from Amazon S3 only.", size, MaxInlineBytes));

        if (!options.Import)
            return [new ExportedFile(name + Suffix, text)];
        return [new ExportedFile($"{name}.import{Suffix}", text), new ExportedFile(name + ".resources-to-import.json", JsonText.Of(template.ToImport))];
    }

    /// <summary>A name as part of a logical id, which has letters and digits only.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name in upper camel case, at most 100 characters.</returns>
    public static string LogicalId(string? name)
    {
        var text = new StringBuilder();
        var isStart = true;
        foreach (var c in name ?? string.Empty)
        {
            var isUsed = c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
            if (isUsed)
                text.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !isUsed;
        }

        return text.ToString(0, Math.Min(text.Length, 100));
    }

    private sealed class Template(ExportOptions options, ExportProblems problems)
    {
        private readonly JsonObject parameters = [];
        private readonly JsonObject resources = [];
        private readonly JsonObject outputs = [];
        private readonly UniqueNames ids = new(StringComparer.OrdinalIgnoreCase);

        // The logical ids of the resources in the template, by ARN.
        private readonly Dictionary<string, (string Id, string Attribute)> known = new(StringComparer.Ordinal);

        public JsonArray ToImport { get; } = [];

        public int ResourceCount => resources.Count;

        public int ParameterCount => parameters.Count;

        public JsonObject ToJson(IReadOnlyList<ServiceSnapshot> services)
        {
            var template = new JsonObject
            {
                ["AWSTemplateFormatVersion"] = "2010-09-09",
                ["Description"] = services.Count == 1 ? "App Runner service " + services[0].Service.ServiceName : $"{services.Count} App Runner services",
            };
            if (parameters.Count > 0)
                template["Parameters"] = parameters;
            template["Resources"] = resources;

            // An import cannot change outputs.
            if (outputs.Count > 0 && !options.Import)
                template["Outputs"] = outputs;
            return template;
        }

        public void AddShared(IReadOnlyList<ServiceSnapshot> services)
        {
            foreach (var (service, scaling) in SharedResources.AutoScalingConfigurations(services))
                Add(service, scaling, nameof(AutoScalingConfiguration), scaling.AutoScalingConfigurationName, SharedResources.DefinitionOf(service, scaling));
            foreach (var (service, connector) in SharedResources.VpcConnectors(services))
                Add(service, connector, nameof(VpcConnector), connector.VpcConnectorName, SharedResources.DefinitionOf(service, connector));
            foreach (var (service, observability) in SharedResources.ObservabilityConfigurations(services))
                Add(service, observability, nameof(ObservabilityConfiguration), observability.ObservabilityConfigurationName, SharedResources.DefinitionOf(service, observability));
        }

        public void AddService(ServiceSnapshot service, bool isOnly)
        {
            Losses.WarnOfPause(service, problems);
            Losses.WarnOfDomains(service, problems, "CloudFormation has no type for it. Add it with Add-ARCustomDomain.");
            if (options.IncludeShared && service.Service.SourceConfiguration?.AuthenticationConfiguration?.ConnectionArn is { Length: > 0 })
                problems.Warn(service, "SourceConfiguration.AuthenticationConfiguration.ConnectionArn", "is written as it is. CloudFormation has no type for connections.");

            var definition = Definitions.Of(service);
            var path = Definitions.RunSettingsPath(definition);
            Losses.DropCommandsWithLineBreaks(service, definition, path, problems);
            var properties = (JsonObject)JsonSerializer.SerializeToNode(definition, WireJson.Plain)!;
            Refer(properties);
            WarnOfReferences(service, properties, string.Empty);
            if (Find(properties, path) is { } settings)
            {
                if (settings["RuntimeEnvironmentVariables"] is JsonObject variables)
                    settings["RuntimeEnvironmentVariables"] = List(variables, (key, value) => options.NoValue ? Parameter(service, path + ".RuntimeEnvironmentVariables", key, value) : value);
                if (settings["RuntimeEnvironmentSecrets"] is JsonObject secrets)
                    settings["RuntimeEnvironmentSecrets"] = List(secrets, (_, value) => value);
            }

            var id = Add(service.Service, nameof(Service), service.Service.ServiceName, properties);
            if (service.Service.NetworkConfiguration?.IngressConfiguration?.IsPubliclyAccessible != false)
                outputs[isOnly ? "ServiceUrl" : id + "Url"] = new JsonObject { ["Value"] = GetAtt(id, "ServiceUrl") };
            foreach (var ingress in service.VpcIngressConnections)
            {
                Add(service, ingress, nameof(VpcIngressConnection), ingress.VpcIngressConnectionName, new CreateVpcIngressConnectionRequest
                {
                    ServiceArn = ingress.ServiceArn,
                    VpcIngressConnectionName = ingress.VpcIngressConnectionName,
                    IngressVpcConfiguration = ingress.IngressVpcConfiguration,
                    Tags = SharedResources.TagsOf(service, ingress),
                });
            }
        }

        // {"a": 1} becomes [{"Name": "a", "Value": 1}].
        private static JsonArray List(JsonObject map, Func<string, string, JsonNode> value) =>
            [.. map.ToArray().Select(entry => new JsonObject { ["Name"] = entry.Key, ["Value"] = value(entry.Key, entry.Value!.GetValue<string>()) })];

        private static JsonObject GetAtt(string id, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(id, attribute) };

        private static JsonObject? Find(JsonObject root, string path)
        {
            var node = root;
            foreach (var step in path.Split('.'))
                node = node?[step] as JsonObject;
            return node;
        }

        private void Add(ServiceSnapshot service, IResource resource, string type, string? name, AppRunnerRequest definition)
        {
            var properties = (JsonObject)JsonSerializer.SerializeToNode(definition, definition.GetType(), WireJson.Plain)!;
            Refer(properties);
            WarnOfReferences(service, properties, type);
            Add(resource, type, name, properties);
        }

        private string Add(IResource resource, string type, string? name, JsonObject properties)
        {
            var id = ids.Add(LogicalId(name) + type);
            var entry = new JsonObject { ["Type"] = TypePrefix + type };
            if (options.Import)
            {
                entry["DeletionPolicy"] = "Retain";
                entry["UpdateReplacePolicy"] = "Retain";
                ToImport.Add(new JsonObject
                {
                    ["ResourceType"] = TypePrefix + type,
                    ["LogicalResourceId"] = id,
                    ["ResourceIdentifier"] = new JsonObject { [type + "Arn"] = resource.ResourceArn },
                });
            }

            entry["Properties"] = properties;
            resources[id] = entry;
            known[resource.ResourceArn!] = (id, type + "Arn");
            return id;
        }

        // Replaces the ARNs of resources in the template. Variables have no ARN as a value that is a member of its own.
        private void Refer(JsonObject node)
        {
            foreach (var member in node.ToArray())
            {
                if (member.Value is JsonObject nested && member.Key is not ("RuntimeEnvironmentVariables" or "RuntimeEnvironmentSecrets"))
                    Refer(nested);
                else if (member.Value is JsonValue value && value.TryGetValue<string>(out var text) && known.TryGetValue(text, out var resource))
                    node[member.Key] = GetAtt(resource.Id, resource.Attribute);
            }
        }

        // CloudFormation resolves these wherever they are, and has no way to write them as text.
        private void WarnOfReferences(ServiceSnapshot service, JsonNode? node, string path)
        {
            if (node is JsonObject members)
            {
                foreach (var member in members)
                    WarnOfReferences(service, member.Value, path.Length == 0 ? member.Key : path + "." + member.Key);
            }
            else if (node is JsonArray entries)
            {
                for (var i = 0; i < entries.Count; i++)
                    WarnOfReferences(service, entries[i], string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, i));
            }
            else if (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Contains("{{resolve:"))
            {
                problems.Warn(service, path, "contains {{resolve:…, which CloudFormation replaces by the value of a parameter or secret, in contrast to App Runner.");
            }
        }

        private JsonObject Parameter(ServiceSnapshot service, string path, string key, string value)
        {
            if (Encoding.UTF8.GetByteCount(value) > MaxParameterBytes)
                problems.Warn(service, path + "." + key, $"has a value of more than {MaxParameterBytes} bytes, which is the maximum for a parameter of CloudFormation.");
            var id = ids.Add(LogicalId(service.Service.ServiceName) + LogicalId(key));
            parameters[id] = new JsonObject
            {
                ["Type"] = "String",
                ["NoEcho"] = true,
                ["Description"] = Losses.DescribeVariable(service, key),
            };
            return new JsonObject { ["Ref"] = id };
        }
    }
}
