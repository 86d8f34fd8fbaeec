using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Export;

/// <summary>
/// A definition for another region or account: the cmdlets take names where the API takes ARNs, and the content of auto scaling configurations,
/// VPC connectors and observability configurations beside their ARNs.
/// </summary>
internal static class PortableDefinition
{
    private const string Egress = "NetworkConfiguration.EgressConfiguration.";

    /// <summary>Replaces ARNs by names where a name is enough, and warns about what stays bound to an account or region.</summary>
    /// <param name="service">The service.</param>
    /// <param name="definition">Its definition, which is changed.</param>
    /// <param name="problems">Gets the warnings.</param>
    public static void NameReferences(ServiceSnapshot service, CreateServiceRequest definition, ExportProblems problems)
    {
        if (Definitions.IsPredefinedScaling(service))
            definition.AutoScalingConfigurationArn = service.AutoScalingConfiguration?.AutoScalingConfigurationName ?? service.Service.AutoScalingConfigurationSummary?.AutoScalingConfigurationName;
        else if (service.AutoScalingConfiguration is null)
            WarnOfArn(nameof(definition.AutoScalingConfigurationArn), definition.AutoScalingConfigurationArn);
        if (definition.SourceConfiguration?.AuthenticationConfiguration is { } access)
        {
            const string Path = "SourceConfiguration.AuthenticationConfiguration.";
            if (Arn.TryParse(access.ConnectionArn, out var connection))
                access.ConnectionArn = connection.Name;
            WarnOfArn(Path + nameof(access.AccessRoleArn), access.AccessRoleArn);
        }

        WarnOfArn("InstanceConfiguration.InstanceRoleArn", definition.InstanceConfiguration?.InstanceRoleArn);
        WarnOfArn("EncryptionConfiguration.KmsKey", definition.EncryptionConfiguration?.KmsKey);
        if (service.VpcConnector is not null && definition.NetworkConfiguration?.EgressConfiguration?.VpcConnectorArn is not null)
            problems.Warn(service, Egress + "VpcConnector.Subnets", "names subnets of one VPC. Replace them and the security groups in another account or region.");
        else
            WarnOfArn(Egress + "VpcConnectorArn", definition.NetworkConfiguration?.EgressConfiguration?.VpcConnectorArn);
        if (service.ObservabilityConfiguration is null)
            WarnOfArn("ObservabilityConfiguration.ObservabilityConfigurationArn", definition.ObservabilityConfiguration?.ObservabilityConfigurationArn);
        if (definition.SourceConfiguration?.RunSettings?.RuntimeEnvironmentSecrets is not { } secrets || !Arn.TryParse(service.Service.ServiceArn, out var own))
            return;
        foreach (var secret in secrets.ToArray())
        {
            // The name of a parameter means one of the region and account; a hierarchy begins with a slash. A secret has no such name.
            if (Arn.TrySplit(secret.Value, out var arn) && arn is { Service: "ssm", ResourceType: "parameter" } && arn.Region == own.Region && arn.AccountId == own.AccountId)
                secrets[secret.Key] = arn.ResourcePath.Contains('/') ? "/" + arn.ResourcePath : arn.ResourcePath;
            else
                WarnOfArn($"{Definitions.RunSettingsPath(definition)}.RuntimeEnvironmentSecrets.{secret.Key}", secret.Value);
        }

        void WarnOfArn(string path, string? arn)
        {
            if (Arn.TrySplit(arn, out var parts))
                problems.Warn(service, path, $"is in account {parts.AccountId}{(parts.Region.Length > 0 ? " and region " + parts.Region : string.Empty)}. Replace it in another one.");
        }
    }

    /// <summary>Replaces the ARNs of shared resources by their content.</summary>
    /// <param name="service">The service.</param>
    /// <param name="definition">Its definition, which is changed.</param>
    public static void PutContents(ServiceSnapshot service, JsonObject definition)
    {
        if (service.AutoScalingConfiguration is { } scaling && !Definitions.IsPredefinedScaling(service))
            Put(definition, nameof(CreateServiceRequest.AutoScalingConfigurationArn), nameof(AutoScalingConfiguration), SharedResources.DefinitionOf(service, scaling));
        if (service.VpcConnector is { } connector)
            Put(definition["NetworkConfiguration"]?["EgressConfiguration"], nameof(EgressConfiguration.VpcConnectorArn), nameof(VpcConnector), SharedResources.DefinitionOf(service, connector));
        if (service.ObservabilityConfiguration is { } observability)
            Put(definition["ObservabilityConfiguration"], nameof(ServiceObservabilityConfiguration.ObservabilityConfigurationArn), "Configuration", SharedResources.DefinitionOf(service, observability));
    }

    // In the place of the ARN, so that the order stays the API's.
    private static void Put(JsonNode? owner, string arnMember, string member, AppRunnerRequest content)
    {
        if (owner is not JsonObject members || !members.ContainsKey(arnMember))
            return;
        foreach (var entry in members.ToArray())
        {
            members.Remove(entry.Key);
            if (entry.Key == arnMember)
                members[member] = JsonSerializer.SerializeToNode(content, content.GetType(), WireJson.Plain);
            else
                members[entry.Key] = entry.Value;
        }
    }
}
