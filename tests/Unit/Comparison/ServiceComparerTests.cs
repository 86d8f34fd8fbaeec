using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Unit.Tests.Support;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Comparison;

public sealed class ServiceComparerTests
{
    private const string ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa";
    private const string ScalingArn = "arn:aws:apprunner:eu-west-1:123456789012:autoscalingconfiguration/fast";
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_service_is_equal_to_the_request_that_created_it() => ValidRequests.Creations.Sample(request =>
        Paths(request, ServiceOf(request), request.Tags).ShouldBeEmpty());

    [Fact]
    public void A_service_is_equal_to_the_request_also_with_the_defaults_that_the_API_adds() => ValidRequests.Creations.Sample(request =>
    {
        var service = Defaults.Fill(ServiceOf(Defaults.Fill(WireJson.Clone(request)!)));
        service.InstanceConfiguration!.Cpu = InstanceSize.CpuUnits(service.InstanceConfiguration.Cpu).ToString();
        service.InstanceConfiguration.Memory = InstanceSize.MemoryMegabytes(service.InstanceConfiguration.Memory).ToString();
        service.HealthCheckConfiguration!.Path ??= "/";
        Paths(request, service, [.. request.Tags ?? [], new Tag { Key = "aws:cloudformation:stack-id", Value = "x" }]).ShouldBeEmpty();
        Paths(UpdateOf(request), service).ShouldBeEmpty();
    });

    [Fact]
    public void Each_change_of_one_member_is_one_difference_with_its_path() => ValidRequests.Creations.Sample(request =>
    {
        var changed = 0;
        foreach (var (path, mutate) in Mutations(request, string.Empty, (CreateServiceRequest root) => root))
        {
            var other = WireJson.Clone(request)!;
            mutate(other);
            Paths(request, ServiceOf(other), other.Tags).ShouldBe([path]);
            changed++;
        }

        changed.ShouldBeGreaterThan(2);
    });

    [Fact]
    public void A_member_that_the_request_does_not_name_is_not_compared()
    {
        var service = ServiceOf(Request());
        service.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "HTTP", Interval = 17 };
        service.EncryptionConfiguration = new EncryptionConfiguration { KmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1" };
        service.InstanceConfiguration = new InstanceConfiguration { Cpu = "4096", Memory = "8192" };

        Paths(Request(), service, [new Tag { Key = "a", Value = "b" }]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1 vCPU", "2 GB", "1024", "2048", true)]
    [InlineData("0.25 vCPU", "0.5 GB", "256", "512", true)]
    [InlineData(null, null, "1024", "2048", true)]
    [InlineData("1 vCPU", "3 GB", "1024", "2048", false)]
    public void Sizes_are_compared_by_value(string? cpu, string? memory, string actualCpu, string actualMemory, bool equal)
    {
        var request = Request();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = cpu, Memory = memory };
        var service = ServiceOf(request);
        service.InstanceConfiguration = new InstanceConfiguration { Cpu = actualCpu, Memory = actualMemory, InstanceRoleArn = "arn:aws:iam::123456789012:role/kept" };

        Paths(request, service).ShouldBe(equal ? [] : ["InstanceConfiguration.Memory"]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("/3", true)]
    [InlineData("/3/" + Id, true)]
    [InlineData("/2", false)]
    [InlineData("/3/ff23456789abcdef0123456789abcdef", false)]
    [InlineData("er", false)]
    public void The_forms_of_an_ARN_of_a_shared_configuration_are_equal(string form, bool equal)
    {
        var request = Request();
        request.AutoScalingConfigurationArn = ScalingArn + form;
        var service = ServiceOf(request);
        service.AutoScalingConfigurationSummary = new AutoScalingConfigurationSummary { AutoScalingConfigurationArn = $"{ScalingArn}/3/{Id}" };

        Paths(request, service).ShouldBe(equal ? [] : ["AutoScalingConfigurationArn"]);
    }

    [Theory]
    [InlineData("db", "arn:aws:ssm:eu-west-1:123456789012:parameter/db", true)]
    [InlineData("/shop/db", "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db", true)]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:parameter/db", "db", true)]
    [InlineData("db", "arn:aws:ssm:eu-central-1:123456789012:parameter/db", false)]
    [InlineData("db", "arn:aws:ssm:eu-west-1:999999999999:parameter/db", false)]
    public void The_name_of_an_SSM_parameter_is_its_ARN_in_region_and_account(string desired, string actual, bool equal)
    {
        var request = Request(image => image.RuntimeEnvironmentSecrets = new() { ["DB"] = desired });
        var service = ServiceOf(Request(image => image.RuntimeEnvironmentSecrets = new() { ["DB"] = actual }));

        Paths(request, service).ShouldBe(equal ? [] : ["SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentSecrets.DB"]);
    }

    [Fact]
    public void Names_of_variables_are_case_sensitive_and_an_empty_value_differs_from_an_absent_one()
    {
        var differences = ServiceComparer.Compare(
            Request(image => image.RuntimeEnvironmentVariables = new() { ["Stage"] = "a", ["EMPTY"] = string.Empty, ["a.b"] = "1" }),
            ServiceOf(Request(image => image.RuntimeEnvironmentVariables = new() { ["STAGE"] = "a", ["a.b"] = "2" })));

        const string variables = "SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables";
        differences.Select(difference => (difference.Path, difference.Kind, difference.Desired, difference.Actual)).ShouldBe([
            (variables + ".Stage", DifferenceKind.Added, "*****", null),
            (variables + ".EMPTY", DifferenceKind.Added, "*****", null),
            (variables + "['a.b']", DifferenceKind.Changed, "*****", "***** (differs)"),
            (variables + ".STAGE", DifferenceKind.Removed, null, "*****"),
        ]);
        differences.ShouldAllBe(difference => difference.Effect == DifferenceEffect.InPlace && difference.ServiceName == "web1");
    }

    [Fact]
    public void Commands_are_masked_and_other_values_are_shown()
    {
        var differences = ServiceComparer.Compare(
            Request(image => (image.StartCommand, image.Port) = ("run --password sesame", "80")),
            ServiceOf(Request(image => (image.StartCommand, image.Port) = ("run --password mellon", null))));

        differences.Select(difference => difference.ToString()).ShouldBe([
            "SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand: ***** (differs) -> *****",
            "SourceConfiguration.ImageRepository.ImageConfiguration.Port: 8080 -> 80",
        ]);
    }

    [Fact]
    public void Tags_are_a_map_without_those_of_AWS()
    {
        var request = Request();
        request.Tags = [new Tag { Key = "b", Value = "1" }, new Tag { Key = "a" }];
        Tag[] actual = [new() { Key = "a", Value = string.Empty }, new() { Key = "b", Value = "1" }, new() { Key = "aws:x", Value = "y" }];

        Paths(request, ServiceOf(request), actual).ShouldBeEmpty();
        var difference = ServiceComparer.Compare(request, ServiceOf(request), [.. actual, new Tag { Key = "c", Value = "2" }]).ShouldHaveSingleItem();
        (difference.Path, difference.Kind, difference.Desired, difference.Actual, difference.Effect).ShouldBe(("Tags.c", DifferenceKind.Removed, null, "2", DifferenceEffect.Tags));
        request.Tags = [];
        Paths(request, ServiceOf(request), actual).ShouldBe(["Tags.a", "Tags.b"]);
    }

    [Fact]
    public void The_path_of_a_TCP_check_is_ignored_and_that_of_an_HTTP_check_is_not()
    {
        var request = Request();
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "TCP" };
        var service = ServiceOf(request);
        service.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "TCP", Path = "/up", Interval = 5, Timeout = 2, HealthyThreshold = 1, UnhealthyThreshold = 5 };

        Paths(request, service).ShouldBeEmpty();
        request.HealthCheckConfiguration.Protocol = service.HealthCheckConfiguration.Protocol = "HTTP";
        Paths(request, service).ShouldBe(["HealthCheckConfiguration.Path"]);
    }

    [Fact]
    public void What_no_update_can_change_is_a_replacement()
    {
        var request = Request();
        request.EncryptionConfiguration = new EncryptionConfiguration { KmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1" };
        var service = ServiceOf(Request());
        service.SourceConfiguration = new SourceConfiguration { CodeRepository = new CodeRepository { RepositoryUrl = "https://github.com/o/n", SourceCodeVersion = new SourceCodeVersion { Value = "main" } } };

        ServiceComparer.Compare(request, service).Select(difference => (difference.Path, difference.Kind, difference.Effect)).ShouldBe([
            ("SourceConfiguration", DifferenceKind.Changed, DifferenceEffect.Replacement),
            ("EncryptionConfiguration.KmsKey", DifferenceKind.Added, DifferenceEffect.Replacement),
        ]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_service_that_does_not_exist_is_one_difference(bool deleted)
    {
        var service = ServiceOf(Request());
        service.Status = ServiceStatus.Deleted;

        var difference = ServiceComparer.Compare(Request(), deleted ? service : null).ShouldHaveSingleItem();

        (difference.ServiceName, difference.Path, difference.Kind, difference.Effect).ShouldBe(("web1", string.Empty, DifferenceKind.Added, DifferenceEffect.Create));
    }

    [Fact]
    public void An_update_without_a_repository_is_compared_by_what_it_names()
    {
        var service = ServiceOf(Request());
        service.SourceConfiguration!.AuthenticationConfiguration = new AuthenticationConfiguration { AccessRoleArn = "arn:aws:iam::123456789012:role/access" };
        service.SourceConfiguration.AutoDeploymentsEnabled = true;
        var update = new UpdateServiceRequest { ServiceArn = ServiceArn, SourceConfiguration = new SourceConfiguration { AutoDeploymentsEnabled = true } };

        Paths(update, service).ShouldBeEmpty();
        update.SourceConfiguration.AutoDeploymentsEnabled = false;
        Paths(update, service).ShouldBe(["SourceConfiguration.AutoDeploymentsEnabled"]);
    }

    [Fact]
    public void Lists_of_a_VPC_connector_are_sets()
    {
        var desired = new CreateVpcConnectorRequest { Subnets = ["subnet-b", "subnet-a"] };
        var actual = new VpcConnector { Subnets = ["subnet-a", "subnet-b"], SecurityGroups = ["sg-1"] };

        ServiceComparer.CompareContent("VpcConnector", desired, actual, ServiceOf(Request())).ShouldBeEmpty();
        actual.Subnets.Add("subnet-c");
        ServiceComparer.CompareContent("VpcConnector", desired, actual, ServiceOf(Request())).ShouldHaveSingleItem().ToString()
            .ShouldBe("VpcConnector.Subnets: subnet-a, subnet-b, subnet-c -> subnet-a, subnet-b");
    }

    [Fact]
    public void Neither_side_is_changed() => ValidRequests.Creations.Sample(request =>
    {
        var service = ServiceOf(request);
        var before = (WireJson.Write(request), WireJson.Write(service));
        ServiceComparer.Compare(request, service, request.Tags);
        WireJson.Write(request).ShouldBe(before.Item1);
        WireJson.Write(service).ShouldBe(before.Item2);
    });

    private static string[] Paths(AppRunnerRequest request, Service service, IReadOnlyCollection<Tag>? tags = null) =>
        [.. ServiceComparer.Compare(request, service, tags).Select(difference => difference.Path)];

    private static CreateServiceRequest Request(Action<ImageConfiguration>? set = null)
    {
        var settings = new ImageConfiguration();
        set?.Invoke(settings);
        return new CreateServiceRequest
        {
            ServiceName = "web1",
            SourceConfiguration = new SourceConfiguration
            {
                ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/nginx/nginx:1", ImageRepositoryType = ImageRepositoryType.EcrPublic, ImageConfiguration = settings },
            },
        };
    }

    private static Service ServiceOf(CreateServiceRequest request)
    {
        var service = WireJson.Read<Service>(WireJson.Write(request));
        service.ServiceArn = ServiceArn;
        service.AutoScalingConfigurationSummary = new AutoScalingConfigurationSummary { AutoScalingConfigurationArn = request.AutoScalingConfigurationArn };
        return service;
    }

    private static UpdateServiceRequest UpdateOf(CreateServiceRequest request)
    {
        var update = WireJson.Read<UpdateServiceRequest>(WireJson.Write(request));
        update.ServiceArn = ServiceArn;
        return update;
    }

    // One change for each member that the request gives and the API does not ignore, each on its own.
    private static IEnumerable<(string Path, Action<CreateServiceRequest> Mutate)> Mutations(object shape, string path, Func<CreateServiceRequest, object> find)
    {
        foreach (var member in RequestRules.MembersOf(shape.GetType()))
        {
            var (property, here) = (member.Property, path.Length == 0 ? member.Property.Name : path + "." + member.Property.Name);
            switch (property.GetValue(shape))
            {
                case null or "":
                case string when property.Name is nameof(CreateServiceRequest.ServiceName) || (property.Name == nameof(NetworkConfiguration.IpAddressType) && ((NetworkConfiguration)shape).IngressConfiguration!.IsPubliclyAccessible == false):
                    break;
                case string text when property.Name is nameof(InstanceConfiguration.Cpu):
                    yield return (here, root => property.SetValue(find(root), InstanceSize.CpuUnits(text) == 256 ? "512" : "256"));
                    break;
                case string text when property.Name is nameof(InstanceConfiguration.Memory):
                    yield return (here, root => property.SetValue(find(root), InstanceSize.MemoryMegabytes(text) == 512 ? "1024" : "0.5 GB"));
                    break;
                case string text:
                    yield return (here, root => property.SetValue(find(root), text + "1"));
                    break;
                case bool flag:
                    yield return (here, root => property.SetValue(find(root), !flag));
                    break;
                case int number:
                    yield return (here, root => property.SetValue(find(root), number + 1));
                    break;
                case Dictionary<string, string> map:
                    yield return (here + ".NEW", root => ((Dictionary<string, string>)property.GetValue(find(root))!).Add("NEW", string.Empty));
                    foreach (var key in map.Keys.Where(key => key.All(char.IsLetterOrDigit) && key.All(char.IsAscii)))
                    {
                        yield return ($"{here}.{key}", root => ((Dictionary<string, string>)property.GetValue(find(root))!)[key] += "1");
                        yield return ($"{here}.{key}", root => ((Dictionary<string, string>)property.GetValue(find(root))!).Remove(key));
                    }

                    break;
                case List<Tag> tags:
                    yield return (here + ".new", root => root.Tags!.Add(new Tag { Key = "new" }));
                    if (tags.Count > 0)
                        yield return (here + ".key0", root => root.Tags![0].Value += "1");
                    break;
                case { } part:
                    foreach (var mutation in Mutations(part, here, root => property.GetValue(find(root))!))
                        yield return mutation;
                    break;
            }
        }
    }
}
