using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using AppRunner.Model;

namespace AppRunner.Export;

/// <summary>A template of AWS CloudFormation for Amazon ECS Express Mode, with the roles that are not given.</summary>
internal sealed class EcsExpressCloudFormationFormat : IExportFormat
{
    private const string ExecutionRole = nameof(ExecutionRole);
    private const string InfrastructureRole = nameof(InfrastructureRole);

    /// <inheritdoc/>
    public string Name => ExportFormat.EcsExpressCloudFormation;

    /// <inheritdoc/>
    public string Suffix => ".express.template.json";

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
            yield return new ExportedFile(name + Suffix, JsonText.Of(Template(snapshot, service, options, problems)));
        }
    }

    private static JsonObject Template(ServiceSnapshot snapshot, ExpressService service, ExportOptions options, ExportProblems problems)
    {
        var parameters = new CloudFormationParameters(snapshot, problems);
        var resources = new JsonObject();
        JsonNode? execution = service.ExecutionRoleArn;
        if (execution is null)
        {
            resources[ExecutionRole] = Role("ecs-tasks.amazonaws.com", "AmazonECSTaskExecutionRolePolicy", ExpressFormats.SecretPermissions(service));
            execution = GetAtt(ExecutionRole, "Arn");
        }

        JsonNode? infrastructure = service.InfrastructureRoleArn;
        if (infrastructure is null)
        {
            resources[InfrastructureRole] = Role("ecs.amazonaws.com", "AmazonECSInfrastructureRoleforExpressGatewayServices", []);
            infrastructure = GetAtt(InfrastructureRole, "Arn");
        }

        var properties = ExpressJson.Of(service, options.NoValue, value => value, variable => parameters.Add(variable, service.Environment[variable]), execution, infrastructure, member => char.ToUpperInvariant(member[0]) + member.Substring(1));
        if (options.NoValue ? service.Secrets.Values.Any(IsReference) : service.Environment.Values.Concat(service.Secrets.Values).Any(IsReference))
            problems.Warn(snapshot, "RuntimeEnvironmentVariables", "has a value with {{resolve:…, which CloudFormation replaces by the value of a parameter or secret, in contrast to App Runner.");
        var id = CloudFormationFormat.LogicalId(service.ServiceName) + "Service";
        resources[id] = new JsonObject { ["Type"] = "AWS::ECS::ExpressGatewayService", ["Properties"] = properties };
        var template = new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = "ECS Express Mode service made from App Runner service " + service.ServiceName,
        };
        if (parameters.All.Count > 0)
            template["Parameters"] = parameters.All;
        template["Resources"] = resources;
        template["Outputs"] = new JsonObject { ["Endpoint"] = new JsonObject { ["Value"] = GetAtt(id, "Endpoint") } };
        return template;
    }

    private static bool IsReference(string value) => value.Contains("{{resolve:");

    private static JsonObject GetAtt(string id, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(id, attribute) };

    private static JsonObject Role(string principal, string policy, IEnumerable<(string Action, string[] Resources)> permissions)
    {
        var properties = new JsonObject
        {
            ["AssumeRolePolicyDocument"] = Document([new JsonObject
            {
                ["Effect"] = "Allow",
                ["Principal"] = new JsonObject { ["Service"] = principal },
                ["Action"] = "sts:AssumeRole",
            }]),
            ["ManagedPolicyArns"] = new JsonArray(new JsonObject { ["Fn::Sub"] = "arn:${AWS::Partition}:iam::aws:policy/service-role/" + policy }),
        };
        var statements = permissions.Select(permission => new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = permission.Action,
            ["Resource"] = new JsonArray([.. permission.Resources.Select(resource => JsonValue.Create(resource))]),
        }).ToArray();
        if (statements.Length > 0)
            properties["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "ReadSecrets", ["PolicyDocument"] = Document(statements) });
        return new JsonObject { ["Type"] = "AWS::IAM::Role", ["Properties"] = properties };
    }

    private static JsonObject Document(JsonObject[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };
}

/// <summary>The parameters of a template that stand for values that were left out.</summary>
/// <param name="snapshot">The service.</param>
/// <param name="problems">Gets values that a parameter cannot have.</param>
internal sealed class CloudFormationParameters(ServiceSnapshot snapshot, ExportProblems problems)
{
    // AWS's limits.
    private const int MaxParameters = 200;
    private const int MaxBytes = 4096;

    private readonly UniqueNames ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameters by their logical ids.</summary>
    public JsonObject All { get; } = [];

    /// <summary>Adds a parameter.</summary>
    /// <param name="variable">The name of the environment variable.</param>
    /// <param name="value">Its value, which is not written.</param>
    /// <returns>The reference to the parameter.</returns>
    public JsonNode Add(string variable, string value)
    {
        if (Encoding.UTF8.GetByteCount(value) > MaxBytes)
            problems.Warn(snapshot, "RuntimeEnvironmentVariables." + variable, $"has a value of more than {MaxBytes} bytes, which is the maximum for a parameter of CloudFormation.");
        if (All.Count == MaxParameters)
            problems.Refuse(snapshot, "RuntimeEnvironmentVariables", $"are more than {MaxParameters}, the maximum of parameters of a template. Export without -NoValue.");
        var id = ids.Add(CloudFormationFormat.LogicalId(snapshot.Service.ServiceName) + CloudFormationFormat.LogicalId(variable));
        All[id] = new JsonObject { ["Type"] = "String", ["NoEcho"] = true, ["Description"] = Losses.DescribeVariable(snapshot, variable) };
        return new JsonObject { ["Ref"] = id };
    }
}
