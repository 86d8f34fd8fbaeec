using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class TagTests
{
    /// <summary>All kinds of resources that can have tags.</summary>
    public static TheoryData<string> Kinds => ["service", "autoscalingconfiguration", "connection", "observabilityconfiguration", "vpcconnector", "vpcingressconnection"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tags_can_be_set_at_creation_and_changed(string kind)
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, kind, Tags(("team", "web"), ("env", "dev")));
        (await ReadAsync(endpoint, arn)).ShouldBe(["team=web", "env=dev"]);

        await AddAsync(endpoint, arn, ("size", "s"), ("team", "shop"), ("Team", ""));
        (await ReadAsync(endpoint, arn)).ShouldBe(["team=shop", "env=dev", "size=s", "Team="]);

        await RemoveAsync(endpoint, arn, "env", "never-there", "TEAM");
        (await ReadAsync(endpoint, arn)).ShouldBe(["team=shop", "size=s", "Team="]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_resource_without_tags_can_be_tagged_later(string kind)
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, kind, null);
        (await ReadAsync(endpoint, arn)).ShouldBeEmpty();
        await RemoveAsync(endpoint, arn, "none");
        await AddAsync(endpoint, arn, ("a", "1"));
        (await ReadAsync(endpoint, arn)).ShouldBe(["a=1"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tags_of_a_deleted_resource_are_ResourceNotFoundException(string kind)
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, kind, Tags(("a", "1")));
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await DeleteAsync(endpoint, kind, arn);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await NotFound(endpoint, arn);
    }

    [Fact]
    public async Task Default_configurations_can_be_tagged()
    {
        using var endpoint = new TestEndpoint();
        foreach (var kind in new[] { "autoscalingconfiguration", "observabilityconfiguration" })
        {
            var arn = $"arn:aws:apprunner:us-east-1:123456789012:{kind}/DefaultConfiguration/1/00000000000000000000000000000001";
            await AddAsync(endpoint, arn, ("a", kind));
            (await ReadAsync(endpoint, arn)).ShouldBe([$"a={kind}"]);
        }
    }

    [Fact]
    public async Task A_resource_can_have_fifty_tags()
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, "service", Enumerable.Range(0, 49).Select(i => new Tag { Key = $"k{i}", Value = "v" }).ToList());
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => AddAsync(endpoint, arn, ("k0", "new"), ("x", "1"), ("y", "2")), "would have 51 tags; 50 are allowed");
        (await ReadAsync(endpoint, arn)).ShouldBe(Enumerable.Range(0, 49).Select(i => $"k{i}=v"));
        await AddAsync(endpoint, arn, ("k0", "new"), ("x", "1"));
        (await ReadAsync(endpoint, arn)).Count.ShouldBe(50);
        await AddAsync(endpoint, arn, Enumerable.Range(0, 49).Select(i => ($"k{i}", "again")).ToArray());
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => AddAsync(endpoint, arn, Enumerable.Range(0, 51).Select(i => ($"k{i}", "v")).ToArray()), "Tags");
        (await ReadAsync(endpoint, arn))[0].ShouldBe("k0=again");
    }

    [Theory]
    [InlineData("""[{"Key":"aws:x","Value":"1"}]""")]
    [InlineData("""[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]""")]
    [InlineData("""[{"Key":"","Value":"1"}]""")]
    [InlineData("""[{"Value":"1"}]""")]
    [InlineData("[null]")]
    [InlineData("null")]
    public async Task Invalid_tags_are_rejected_without_a_change(string tags)
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, "service", Tags(("a", "0")));
        var response = await endpoint.SendAsync(new Call { Target = "AppRunner.TagResource", Body = $$"""{"ResourceArn":"{{arn}}","Tags":{{tags}}}""" });
        (response.Status, response.Code).ShouldBe((400, "InvalidRequestException"));
        (await ReadAsync(endpoint, arn)).ShouldBe(["a=0"]);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[""]""")]
    [InlineData("null")]
    public async Task Invalid_tag_keys_are_rejected_without_a_change(string keys)
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, "service", Tags(("a", "0")));
        var response = await endpoint.SendAsync(new Call { Target = "AppRunner.UntagResource", Body = $$"""{"ResourceArn":"{{arn}}","TagKeys":{{keys}}}""" });
        (response.Status, response.Code).ShouldBe((400, "InvalidRequestException"));
        (await ReadAsync(endpoint, arn)).ShouldBe(["a=0"]);
    }

    [Fact]
    public async Task An_unknown_resource_is_ResourceNotFoundException()
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, "service", null);
        await NotFound(endpoint, arn + "0");
        await NotFound(endpoint, arn.Replace("us-east-1", "eu-west-1"));
        await NotFound(endpoint, arn[..arn.LastIndexOf('/')]);
        await NotFound(endpoint, "arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/DefaultConfiguration");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => ReadAsync(endpoint, "arn:aws:s3:::bucket"), "ResourceArn");
    }

    [Fact]
    public async Task Operations_keep_the_tags_of_a_service()
    {
        using var endpoint = new TestEndpoint();
        var arn = await CreateAsync(endpoint, "service", Tags(("a", "1")));
        await AddAsync(endpoint, arn, ("b", "2"));
        endpoint.Clock.Advance(TestEndpoint.Duration);
        endpoint.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded);
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = arn, InstanceConfiguration = new() });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await ReadAsync(endpoint, arn)).ShouldBe(["a=1", "b=2"]);
    }

    private static List<Tag> Tags(params (string Key, string Value)[] tags) => tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value }).ToList();

    private static async Task<string> CreateAsync(TestEndpoint endpoint, string kind, List<Tag>? tags)
    {
        var service = TestEndpoint.NewService();
        service.Tags = tags;
        return kind switch
        {
            "service" => (await endpoint.SendAsync(service)).Service!.ServiceArn!,
            "autoscalingconfiguration" => (await endpoint.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "high", Tags = tags })).AutoScalingConfiguration!.AutoScalingConfigurationArn!,
            "connection" => (await endpoint.SendAsync(new CreateConnectionRequest { ConnectionName = "github", ProviderType = ProviderType.GitHub, Tags = tags })).Connection!.ConnectionArn!,
            "observabilityconfiguration" => (await endpoint.SendAsync(new CreateObservabilityConfigurationRequest { ObservabilityConfigurationName = "xray", Tags = tags })).ObservabilityConfiguration!.ObservabilityConfigurationArn!,
            "vpcconnector" => (await endpoint.SendAsync(new CreateVpcConnectorRequest { VpcConnectorName = "shop", Subnets = ["subnet-0123456789abcdef0"], Tags = tags })).VpcConnector!.VpcConnectorArn!,
            "vpcingressconnection" => (await endpoint.SendAsync(new CreateVpcIngressConnectionRequest
            {
                VpcIngressConnectionName = "inside",
                ServiceArn = (await endpoint.PrivateServiceAsync()).ServiceArn,
                IngressVpcConfiguration = new IngressVpcConfiguration { VpcId = "vpc-0123456789abcdef0", VpcEndpointId = "vpce-0123456789abcdef1" },
                Tags = tags,
            })).VpcIngressConnection!.VpcIngressConnectionArn!,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static Task DeleteAsync(TestEndpoint endpoint, string kind, string arn) => kind switch
    {
        "service" => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn }),
        "autoscalingconfiguration" => endpoint.SendAsync(new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn }),
        "connection" => endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = arn }),
        "observabilityconfiguration" => endpoint.SendAsync(new DeleteObservabilityConfigurationRequest { ObservabilityConfigurationArn = arn }),
        "vpcconnector" => endpoint.SendAsync(new DeleteVpcConnectorRequest { VpcConnectorArn = arn }),
        "vpcingressconnection" => endpoint.SendAsync(new DeleteVpcIngressConnectionRequest { VpcIngressConnectionArn = arn }),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Task<TagResourceResponse> AddAsync(TestEndpoint endpoint, string arn, params (string Key, string Value)[] tags) =>
        endpoint.SendAsync(new TagResourceRequest { ResourceArn = arn, Tags = Tags(tags) });

    private static Task<UntagResourceResponse> RemoveAsync(TestEndpoint endpoint, string arn, params string[] keys) =>
        endpoint.SendAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = [.. keys] });

    private static async Task<List<string>> ReadAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new ListTagsForResourceRequest { ResourceArn = arn })).Tags!.Select(tag => tag.ToString()).ToList();

    private static async Task NotFound(TestEndpoint endpoint, string arn)
    {
        foreach (var call in new Func<Task>[] { () => ReadAsync(endpoint, arn), () => AddAsync(endpoint, arn, ("a", "1")), () => RemoveAsync(endpoint, arn, "a") })
            await ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "Resource with the provided ARN could not be found");
    }
}
