using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Export;

/// <summary>What the formats for Amazon ECS Express Mode have in common.</summary>
internal static class ExpressFormats
{
    /// <summary>The switches and decisions of all of them.</summary>
    public static readonly string[] Switches =
        [nameof(ExportOptions.NoValue), nameof(ExportOptions.SourceFile), .. RequestRules.WireMembers(typeof(ExpressDecisions)).Select(member => member.Name)];

    /// <summary>Converts a service, and reports the findings: blockers as errors, what is lost or has to be decided or done as warnings.</summary>
    /// <param name="snapshot">The service.</param>
    /// <param name="options">The decisions.</param>
    /// <param name="problems">Gets the findings.</param>
    /// <param name="createsRoles">Whether the format creates the roles that are not given; if not, they are required.</param>
    /// <returns>The service.</returns>
    public static ExpressService Map(ServiceSnapshot snapshot, ExportOptions options, ExportProblems problems, bool createsRoles)
    {
        var (service, findings) = ExpressMapping.Of(snapshot, options);
        foreach (var finding in findings)
        {
            var isRole = finding.Parameter is nameof(ExpressDecisions.ExecutionRoleArn) or nameof(ExpressDecisions.InfrastructureRoleArn);
            if (finding.Severity == MigrationSeverity.Blocker || (isRole && !createsRoles))
                problems.Refuse(snapshot, finding.Member, finding.Message);
            else if (finding.Severity != MigrationSeverity.Note && !isRole)
                problems.Warn(snapshot, finding.Member, finding.Message);
        }

        return service;
    }

    /// <summary>The part of a secret's ARN that identifies the secret, for policies: without a JSON key and a version.</summary>
    /// <param name="reference">The ARN of a secret or parameter.</param>
    /// <returns>The ARN of the resource.</returns>
    public static string ResourceOf(string reference) => string.Join(":", reference.Split(':').Take(7));

    /// <summary>The permissions that read the secrets of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>Actions and the resources that they are for.</returns>
    public static IEnumerable<(string Action, string[] Resources)> SecretPermissions(ExpressService service)
    {
        var resources = service.Secrets.Values.Select(ResourceOf).Distinct(StringComparer.Ordinal).ToLookup(arn => arn.Split(':').ElementAtOrDefault(2) == "ssm");
        if (resources[false].Any())
            yield return ("secretsmanager:GetSecretValue", [.. resources[false]]);
        if (resources[true].Any())
            yield return ("ssm:GetParameters", [.. resources[true]]);
    }
}

/// <summary>The request of CreateExpressGatewayService as JSON, for <c>aws ecs create-express-gateway-service --cli-input-json</c>.</summary>
internal sealed class EcsExpressFormat : IExportFormat
{
    /// <inheritdoc/>
    public string Name => ExportFormat.EcsExpress;

    /// <inheritdoc/>
    public string Suffix => ".express.json";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => ExpressFormats.Switches;

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) => ExpressMapping.Parts;

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        foreach (var snapshot in services)
        {
            var service = ExpressFormats.Map(snapshot, options, problems, createsRoles: false);
            var request = ExpressJson.Of(service, options.NoValue, value => value, _ => MapAttribute.LeftOutValue, service.ExecutionRoleArn, service.InfrastructureRoleArn, name => name);
            yield return new ExportedFile(name + Suffix, JsonText.Of(request));
        }
    }
}

/// <summary>Writes the members of CreateExpressGatewayService, which are also the properties of the type of CloudFormation.</summary>
internal static class ExpressJson
{
    /// <summary>The members of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="noValue">Whether the values of variables are left out.</param>
    /// <param name="value">Writes the value of a variable.</param>
    /// <param name="leftOut">Writes what stands for the value of a variable that is left out.</param>
    /// <param name="executionRole">The execution role: an ARN or a reference.</param>
    /// <param name="infrastructureRole">The infrastructure role: an ARN or a reference.</param>
    /// <param name="nameOf">Converts a member's name in lower camel case.</param>
    /// <returns>The object, without null and without empty lists.</returns>
    public static JsonObject Of(ExpressService service, bool noValue, Func<string, JsonNode> value, Func<string, JsonNode> leftOut, JsonNode? executionRole, JsonNode? infrastructureRole, Func<string, string> nameOf)
    {
        var container = Object(
            ("image", service.Image),
            ("containerPort", service.ContainerPort),
            ("command", ArrayOf(service.Command)),
            ("environment", List(service.VariablesFor(noValue, value, leftOut).Select(variable => Object(("name", variable.Key), ("value", variable.Value))))),
            ("secrets", List(service.Secrets.Select(secret => Object(("name", secret.Key), ("valueFrom", secret.Value))))));
        var network = Object(("securityGroups", ArrayOf(service.SecurityGroups)), ("subnets", ArrayOf(service.Subnets)));
        return Object(
            ("serviceName", service.ServiceName),
            ("cluster", service.Cluster),
            ("executionRoleArn", executionRole),
            ("infrastructureRoleArn", infrastructureRole),
            ("taskRoleArn", service.TaskRoleArn),
            ("primaryContainer", container),
            ("cpu", service.Cpu),
            ("memory", service.Memory),
            ("healthCheckPath", service.HealthCheckPath),
            ("networkConfiguration", network.Count > 0 ? network : null),
            ("scalingTarget", Object(
                ("minTaskCount", service.MinTaskCount),
                ("maxTaskCount", service.MaxTaskCount),
                ("autoScalingMetric", service.AutoScalingMetric),
                ("autoScalingTargetValue", service.AutoScalingTargetValue))),
            ("tags", List(service.Tags.Select(tag => Object(("key", tag.Key), ("value", tag.Value ?? string.Empty))))));

        JsonObject Object(params (string Name, JsonNode? Value)[] members)
        {
            var node = new JsonObject();
            foreach (var member in members.Where(member => member.Value is not null))
                node[nameOf(member.Name)] = member.Value;
            return node;
        }

        static JsonArray? ArrayOf(IReadOnlyList<string>? texts) => texts is { Count: > 0 } ? [.. texts.Select(text => JsonValue.Create(text))] : null;

        static JsonArray? List(IEnumerable<JsonObject> entries) => new JsonArray([.. entries]) is { Count: > 0 } list ? list : null;
    }
}
