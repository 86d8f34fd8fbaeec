using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AppRunner.Export;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Export;

/// <summary>What the formats write, for the samples and for generated services: what the validators of the formats do not see.</summary>
public sealed class FormatTests
{
    private const int Count = 300;

    private static readonly IServiceExporter Exporter = new ServiceExporter();

    public static TheoryData<string> Samples => ["hello-min", "site-code"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_samples_are_exported_as_their_validators_accepted_them(string name)
    {
        var service = Sample(name);

        JsonNode.DeepEquals(JsonNode.Parse(Export(ExportFormat.CreateService, new(), service).Single().Content), JsonNode.Parse(Text(name + ".a.create-service.json"))).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(Export(ExportFormat.CloudFormation, new(), service).Single().Content), JsonNode.Parse(Text(name + ".b.template.json"))).ShouldBeTrue();
        var import = Export(ExportFormat.CloudFormation, new() { Import = true }, service);
        import.Select(file => file.Name).ShouldBe([name + ".import.template.json", name + ".resources-to-import.json"]);
        JsonNode.DeepEquals(JsonNode.Parse(import[0].Content), JsonNode.Parse(Text(name + ".b.import.template.json"))).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(import[1].Content), JsonNode.Parse(Text(name + ".b.resources-to-import.json"))).ShouldBeTrue();
        Export(ExportFormat.Terraform, new() { Import = true, IncludeShared = true }, service).Single().Content.ShouldBe(Text(name + ".c.tf"));
    }

    [Fact]
    public void A_CreateService_file_is_valid_and_equal_to_the_service()
    {
        foreach (var service in Generated())
        {
            var json = JsonNode.Parse(Export(ExportFormat.CreateService, new(), service).Single().Content)!;

            new ShapeCheck().Problems("CreateServiceRequest", json).ShouldBeEmpty();
            Empties(json, "$").ShouldBeEmpty();
            ShouldEqual(json, service);
        }
    }

    [Fact]
    public void A_portable_file_names_what_belongs_to_the_account_or_warns()
    {
        foreach (var service in Generated())
        {
            var export = Exporter.Convert(ExportFormat.CreateService, [service], new() { Portable = true }).Single();
            var json = (JsonObject)JsonNode.Parse(export.Files.Single().Content)!;

            Empties(json, "$").ShouldBeEmpty();
            foreach (var (path, text) in AllStrings(json, string.Empty).Where(entry => Arn.TryParse(entry.Text, out var arn) && !entry.Path.Contains(".RuntimeEnvironmentVariables.", StringComparison.Ordinal) && !entry.Path.Contains("Tags", StringComparison.Ordinal)))
                export.Problems.Select(problem => problem.Path).ShouldContain($"{service.Service.ServiceName}: {path}", text);
            if (service.Connection is not null)
                json["SourceConfiguration"]!["AuthenticationConfiguration"]!["ConnectionArn"]!.GetValue<string>().ShouldBe("github");
            if (service.VpcConnector is not null)
                json["NetworkConfiguration"]!["EgressConfiguration"]!["VpcConnector"]!["Subnets"]!.AsArray().Count.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_template_has_the_types_of_CloudFormation_and_is_equal_to_the_service(bool includeShared)
    {
        foreach (var service in Generated())
        {
            var template = JsonNode.Parse(Export(ExportFormat.CloudFormation, new() { IncludeShared = includeShared }, service).Single().Content)!;

            Empties(template, "$").ShouldBeEmpty();
            var resources = template["Resources"]!.AsObject();
            resources.Select(resource => resource.Key).ShouldAllBe(id => Regex.IsMatch(id, "^[A-Za-z0-9]{1,255}$"));
            var arns = new Dictionary<string, string>();
            foreach (var (id, resource) in resources)
            {
                resource!.AsObject().Select(member => member.Key).ShouldBe(["Type", "Properties"]);
                arns[id] = ArnOf(service, resource["Type"]!.GetValue<string>());
            }

            var properties = resources.Single(resource => resource.Value!["Type"]!.GetValue<string>() == "AWS::AppRunner::Service").Value!["Properties"]!;
            if (includeShared)
                AllStrings(properties, string.Empty).ShouldNotContain(entry => entry.Path.EndsWith("VpcConnectorArn", StringComparison.Ordinal) || entry.Path.EndsWith("ObservabilityConfigurationArn", StringComparison.Ordinal));
            ShouldEqual(FromCloudFormation(properties, arns), service);
        }
    }

    [Fact]
    public void All_services_in_one_template_have_unique_ids_and_each_shared_resource_once()
    {
        var services = Generated().Take(100).ToArray();

        var template = JsonNode.Parse(Exporter.Convert(ExportFormat.CloudFormation, services, new() { IncludeShared = true }).Single().Files.Single().Content)!;

        var types = template["Resources"]!.AsObject().Select(resource => resource.Value!["Type"]!.GetValue<string>()).ToLookup(type => type);
        types["AWS::AppRunner::Service"].Count().ShouldBe(services.Length);
        types["AWS::AppRunner::AutoScalingConfiguration"].Count().ShouldBe(2);
        types["AWS::AppRunner::VpcConnector"].Count().ShouldBe(1);
        types["AWS::AppRunner::ObservabilityConfiguration"].Count().ShouldBe(1);
        types["AWS::AppRunner::VpcIngressConnection"].Count().ShouldBe(services.Sum(service => service.VpcIngressConnections.Count));
    }

    [Theory]
    [InlineData(ExportFormat.CreateService)]
    [InlineData(ExportFormat.CloudFormation)]
    [InlineData(ExportFormat.Terraform)]
    public void The_order_of_maps_and_tags_does_not_change_a_file(string format)
    {
        foreach (var service in Generated())
        {
            var before = Export(format, new(), service).Single().Content;
            if (service.Service.SourceConfiguration!.RunSettings is { } settings)
            {
                settings.RuntimeEnvironmentVariables = Reversed(settings.RuntimeEnvironmentVariables);
                settings.RuntimeEnvironmentSecrets = Reversed(settings.RuntimeEnvironmentSecrets);
            }

            service.Tags = [.. service.Tags!.Reverse()];

            Export(format, new(), service).Single().Content.ShouldBe(before);
        }

        static Dictionary<string, string> Reversed(Dictionary<string, string>? map) => map!.Reverse().ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    [Theory]
    [InlineData(ExportFormat.CreateService)]
    [InlineData(ExportFormat.CloudFormation)]
    [InlineData(ExportFormat.Terraform)]
    public void NoValue_leaves_the_values_out_and_keeps_the_names(string format)
    {
        foreach (var service in Generated())
        {
            var variables = service.Service.SourceConfiguration!.RunSettings?.RuntimeEnvironmentVariables ?? [];
            foreach (var key in variables.Keys.ToArray())
                variables[key] = "secret-" + Guid.NewGuid().ToString("N");

            var text = Export(format, new() { NoValue = true }, service).Single().Content;

            text.ShouldNotContain("secret-");
            if (variables.ContainsKey("LEVEL"))
                text.ShouldContain("\"LEVEL\"");
            Regex.Count(text, format == ExportFormat.CreateService ? Regex.Escape(MapAttribute.LeftOutValue) : format == ExportFormat.CloudFormation ? "\"NoEcho\": true" : "sensitive   = true").ShouldBe(variables.Count);
        }
    }

    [Fact]
    public void Values_that_were_left_out_are_refused_by_cmdlets_and_not_by_the_API()
    {
        var service = Generated().First(generated => generated.Service.SourceConfiguration!.ImageRepository?.ImageConfiguration!.RuntimeEnvironmentVariables!.ContainsKey("LEVEL") == true);
        var request = WireJson.Read<CreateServiceRequest>(System.Text.Encoding.UTF8.GetBytes(Export(ExportFormat.CreateService, new() { NoValue = true }, service).Single().Content));

        RequestRules.Check(request, allowNames: true).Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.ToString())
            .ShouldContain("SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.LEVEL: has no value: Export-ARService -NoValue left it out. Give the value.");
        RequestRules.Check(request).Where(problem => problem.Severity == ProblemSeverity.Error).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ExportFormat.CloudFormation)]
    [InlineData(ExportFormat.Terraform)]
    public void Services_of_two_regions_are_not_written_to_one_file(string format)
    {
        var there = Generated().First();
        there.Service.ServiceArn = there.Service.ServiceArn!.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);

        var export = Exporter.Convert(format, [.. Generated().Skip(1).Take(2), there], new() { IncludeShared = true }).Single();

        export.Files.ShouldBeEmpty();
        export.Problems.Single(problem => problem.Severity == ProblemSeverity.Error).ToString().ShouldContain("eu-west-1");
    }

    [Theory]
    [InlineData(ExportFormat.CreateService, "CustomDomains.*.example.com")]
    [InlineData(ExportFormat.CloudFormation, "CustomDomains.*.example.com")]
    [InlineData(ExportFormat.CreateService, "VpcIngressConnections.way-in")]
    [InlineData(ExportFormat.Terraform, "Status")]
    [InlineData(ExportFormat.CloudFormation, "Status")]
    public void What_a_format_cannot_carry_over_is_a_warning_with_the_path(string format, string path)
    {
        foreach (var service in Generated())
        {
            var has = path switch
            {
                "Status" => service.Service.Status == ServiceStatus.Paused,
                "VpcIngressConnections.way-in" => service.VpcIngressConnections.Count > 0,
                _ => service.CustomDomains.Count > 0,
            };

            Exporter.Convert(format, [service], new()).Single().Problems.Any(problem => problem.Severity == ProblemSeverity.Warning && problem.Path.StartsWith($"{service.Service.ServiceName}: {path}", StringComparison.Ordinal)).ShouldBe(has);
        }
    }

    [Fact]
    public void A_dynamic_reference_is_a_warning_of_CloudFormation()
    {
        var service = Sample("hello-min");
        service.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables = new() { ["A.B"] = "x{{resolve:ssm:/y}}" };

        Exporter.Convert(ExportFormat.CloudFormation, [service], new()).Single().Problems.ShouldHaveSingleItem().Path.ShouldBe("hello-min: SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.A.B");
    }

    [Fact]
    public void Another_default_of_the_region_keeps_the_ARN_of_DefaultConfiguration()
    {
        var service = Sample("hello-min");
        service.AutoScalingConfiguration = new AutoScalingConfiguration { IsDefault = false };

        JsonNode.Parse(Export(ExportFormat.CreateService, new(), service).Single().Content)!["AutoScalingConfigurationArn"]!.GetValue<string>().ShouldContain("DefaultConfiguration");
    }

    [Fact]
    public void A_switch_that_a_format_does_not_have_is_an_error() =>
        Should.Throw<InvalidParameterException>(() => Exporter.PartsFor(ExportFormat.CreateService, new() { Import = true })).Message.ShouldContain("CloudFormation or Terraform");

    [Fact]
    public void More_values_than_a_template_has_parameters_are_refused()
    {
        var service = Sample("hello-min");
        service.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables = Enumerable.Range(0, 201).ToDictionary(i => "K" + i, i => "v");

        Exporter.Convert(ExportFormat.CloudFormation, [service], new() { NoValue = true }).Single().Problems.ShouldContain(problem => problem.Severity == ProblemSeverity.Error && problem.Message.Contains("201 parameters", StringComparison.Ordinal));
        Exporter.Convert(ExportFormat.CloudFormation, [service], new()).Single().Problems.ShouldBeEmpty();
    }

    internal static IEnumerable<ServiceSnapshot> Generated() => Enumerable.Range(0, Count).Select(GeneratedSnapshots.Make);

    private static IReadOnlyList<ExportedFile> Export(string format, ExportOptions options, params ServiceSnapshot[] services)
    {
        var export = Exporter.Convert(format, services, options).ShouldHaveSingleItem();
        export.Problems.ShouldAllBe(problem => problem.Severity == ProblemSeverity.Warning);
        foreach (var file in export.Files)
        {
            file.Content.ShouldEndWith("\n");
            file.Content.ShouldNotContain('\r');
        }

        return export.Files;
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Export", "Samples", name)).ReplaceLineEndings("\n");

    private static ServiceSnapshot Sample(string name)
    {
        var service = WireJson.ReadResponse<Service>(System.Text.Encoding.UTF8.GetBytes(Text(name + ".in.service.json")));
        var snapshot = new ServiceSnapshot(service) { Tags = [] };
        if (service.SourceConfiguration?.AuthenticationConfiguration?.ConnectionArn is { } arn)
            snapshot.Connection = new ConnectionSummary { ConnectionArn = arn, ConnectionName = "github", ProviderType = ProviderType.GitHub };
        return snapshot;
    }

    private static void ShouldEqual(JsonNode request, ServiceSnapshot service) =>
        ServiceComparer.Compare(request.Deserialize<CreateServiceRequest>(WireJson.Plain)!, service.Service, service.Tags).Select(difference => difference.ToString()).ShouldBeEmpty(service.Service.ServiceName);

    private static string ArnOf(ServiceSnapshot service, string type) => (type.Split("::")[2] switch
    {
        "Service" => service.Service.ServiceArn,
        "AutoScalingConfiguration" => service.AutoScalingConfiguration!.AutoScalingConfigurationArn,
        "VpcConnector" => service.VpcConnector!.VpcConnectorArn,
        "ObservabilityConfiguration" => service.ObservabilityConfiguration!.ObservabilityConfigurationArn,
        _ => service.VpcIngressConnections.Single().VpcIngressConnectionArn,
    })!;

    // Lists of Name and Value become maps, and Fn::GetAtt becomes the ARN.
    private static JsonNode FromCloudFormation(JsonNode properties, Dictionary<string, string> arns)
    {
        var copy = properties.DeepClone();
        Convert(copy.AsObject());
        return copy;

        void Convert(JsonObject node)
        {
            foreach (var (name, value) in node.ToArray())
            {
                if (value is JsonArray list && name is "RuntimeEnvironmentVariables" or "RuntimeEnvironmentSecrets")
                    node[name] = new JsonObject(value!.AsArray().ToDictionary(entry => entry!["Name"]!.GetValue<string>(), entry => entry!["Value"]!.DeepClone())!);
                else if (value is JsonObject { Count: 1 } reference && reference["Fn::GetAtt"] is JsonArray target)
                    node[name] = arns[target[0]!.GetValue<string>()];
                else if (value is JsonObject nested)
                    Convert(nested);
            }
        }
    }

    // Nulls and empty objects and lists.
    private static IEnumerable<string> Empties(JsonNode? node, string path) => node switch
    {
        null or JsonObject { Count: 0 } or JsonArray { Count: 0 } => [path],
        JsonObject members => members.SelectMany(member => Empties(member.Value, path + "." + member.Key)),
        JsonArray entries => entries.SelectMany((entry, i) => Empties(entry, $"{path}[{i}]")),
        _ => [],
    };

    private static IEnumerable<(string Path, string Text)> AllStrings(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => AllStrings(member.Value, path.Length == 0 ? member.Key : path + "." + member.Key)),
        JsonArray entries => entries.SelectMany((entry, i) => AllStrings(entry, $"{path}[{i}]")),
        JsonValue value when value.TryGetValue<string>(out var text) => [(path, text)],
        _ => [],
    };
}
