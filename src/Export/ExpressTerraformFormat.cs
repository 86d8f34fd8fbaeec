using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Export;

/// <summary>A configuration of Terraform for Amazon ECS Express Mode, with the roles that are not given.</summary>
internal sealed class EcsExpressTerraformFormat : IExportFormat
{
    /// <inheritdoc/>
    public string Name => ExportFormat.EcsExpressTerraform;

    /// <inheritdoc/>
    public string Suffix => ".express.tf";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => ExpressFormats.Switches;

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) => ExpressMapping.Parts;

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        foreach (var snapshot in services)
        {
            var service = ExpressFormats.Map(snapshot, options, problems, createsRoles: true);
            yield return new ExportedFile(name + Suffix, HclBlock.ToText(new Configuration(snapshot, service, names, options).Blocks));
        }
    }

    private sealed class Configuration
    {
        private static readonly string[] AssumeRole = ["sts:AssumeRole"];

        private readonly List<HclBlock> blocks = [];
        private readonly List<string> policies = [];
        private readonly UniqueNames names;
        private readonly string label;
        private readonly string partition;

        public Configuration(ServiceSnapshot snapshot, ExpressService service, UniqueNames names, ExportOptions options)
        {
            this.names = names;
            partition = Arn.TryParse(snapshot.Service.ServiceArn, out var arn) ? arn.Partition : "aws";
            label = Unique("aws_ecs_express_gateway_service.", service.ServiceName);
            var environment = service.VariablesFor<object>(options.NoValue, value => value, variable => Declare(snapshot, variable)).ToArray();
            object execution = service.ExecutionRoleArn is { } executionArn ? executionArn : Role("execution", "ecs-tasks.amazonaws.com", "AmazonECSTaskExecutionRolePolicy", ExpressFormats.SecretPermissions(service).ToArray());
            object infrastructure = service.InfrastructureRoleArn is { } infrastructureArn ? infrastructureArn : Role("infrastructure", "ecs.amazonaws.com", "AmazonECSInfrastructureRoleforExpressGatewayServices", []);
            var resource = new HclBlock("resource", "aws_ecs_express_gateway_service", label)
                .Set("service_name", service.ServiceName)
                .Set("cluster", service.Cluster)
                .Set("execution_role_arn", execution)
                .Set("infrastructure_role_arn", infrastructure)
                .Set("task_role_arn", service.TaskRoleArn)
                .Set("cpu", service.Cpu)
                .Set("memory", service.Memory)
                .Set("health_check_path", service.HealthCheckPath)
                .Set("tags", service.Tags.Count > 0 ? service.Tags.ToDictionary(tag => tag.Key!, tag => (object)(tag.Value ?? string.Empty), StringComparer.Ordinal) : null);
            if (policies.Count > 0)
                resource.Set("depends_on", new HclExpression($"[{string.Join(", ", policies)}]"));

            var container = new HclBlock("primary_container").Set("image", service.Image).Set("container_port", service.ContainerPort).Set("command", service.Command is { Count: > 0 } ? service.Command : null);
            foreach (var variable in environment)
                container.Add(new HclBlock("environment").Set("name", variable.Key).Set("value", variable.Value));
            foreach (var secret in service.Secrets)
                container.Add(new HclBlock("secret").Set("name", secret.Key).Set("value_from", secret.Value));
            resource.Add(container);
            resource.Add(new HclBlock("network_configuration")
                .Set("subnets", service.Subnets.Count > 0 ? service.Subnets : null)
                .Set("security_groups", service.SecurityGroups.Count > 0 ? service.SecurityGroups : null));
            resource.Add(new HclBlock("scaling_target")
                .Set("min_task_count", service.MinTaskCount)
                .Set("max_task_count", service.MaxTaskCount)
                .Set("auto_scaling_metric", service.AutoScalingMetric)
                .Set("auto_scaling_target_value", service.AutoScalingTargetValue));
            blocks.Add(resource);
        }

        public IEnumerable<HclBlock> Blocks => blocks;

        // Unique in all files of the command, because all files of a folder are one configuration.
        private string Unique(string kind, string name) => names.Add(kind + HclText.Identifier(name)).Substring(kind.Length);

        private HclExpression Declare(ServiceSnapshot snapshot, string variable)
        {
            var (block, reference) = TerraformVariable.Of(snapshot, names, variable);
            blocks.Add(block);
            return reference;
        }

        private HclExpression Role(string purpose, string principal, string policy, (string Action, string[] Resources)[] permissions)
        {
            var role = Unique("aws_iam_role.", $"{label}-{purpose}");
            blocks.Add(new HclBlock("data", "aws_iam_policy_document", role).Add(
                new HclBlock("statement")
                    .Set("actions", AssumeRole)
                    .Add(new HclBlock("principals").Set("type", "Service").Set("identifiers", new[] { principal }))));
            blocks.Add(new HclBlock("resource", "aws_iam_role", role).Set("assume_role_policy", new HclExpression($"data.aws_iam_policy_document.{role}.json")));
            blocks.Add(new HclBlock("resource", "aws_iam_role_policy_attachment", role)
                .Set("role", new HclExpression($"aws_iam_role.{role}.name"))
                .Set("policy_arn", $"arn:{partition}:iam::aws:policy/service-role/{policy}"));
            policies.Add("aws_iam_role_policy_attachment." + role);
            if (permissions.Length > 0)
            {
                var document = new HclBlock("data", "aws_iam_policy_document", role + "-secrets");
                foreach (var (action, resources) in permissions)
                    document.Add(new HclBlock("statement").Set("actions", new[] { action }).Set("resources", resources));
                blocks.Add(document);
                blocks.Add(new HclBlock("resource", "aws_iam_role_policy", role)
                    .Set("role", new HclExpression($"aws_iam_role.{role}.name"))
                    .Set("policy", new HclExpression($"data.aws_iam_policy_document.{role}-secrets.json")));
                policies.Add("aws_iam_role_policy." + role);
            }

            return new HclExpression($"aws_iam_role.{role}.arn");
        }
    }
}

/// <summary>Variables of a configuration that stand for values that were left out.</summary>
internal static class TerraformVariable
{
    /// <summary>Declares a variable.</summary>
    /// <param name="service">The service.</param>
    /// <param name="names">The names in all files of the command.</param>
    /// <param name="key">The name of the environment variable.</param>
    /// <returns>The declaration, and the reference to it.</returns>
    public static (HclBlock Block, HclExpression Reference) Of(ServiceSnapshot service, UniqueNames names, string key)
    {
        const string kind = "var.";
        var name = names.Add(kind + HclText.Identifier(service.Service.ServiceName + "_" + (key.Length > 100 ? key.Substring(0, 100) : key))).Substring(kind.Length);
        var block = new HclBlock("variable", name)
            .Set("description", Losses.DescribeVariable(service, key))
            .Set("type", new HclExpression("string"))
            .Set("sensitive", true);
        return (block, new HclExpression(kind + name));
    }
}
