using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Model.Json;

namespace AppRunner.Model.Sending;

/// <summary>Tells whether a request can have created a service.</summary>
internal static class ServiceComparer
{
    /// <summary>Whether the service has every value of the request. Tags are not compared: DescribeService does not return them.</summary>
    /// <param name="service">The service, as returned by DescribeService.</param>
    /// <param name="request">The CreateService request.</param>
    /// <returns>False if a member differs.</returns>
    public static bool WasCreatedBy(Service service, CreateServiceRequest request)
    {
        // The API returns CPU units and MB, whatever was sent.
        var expected = WireJson.Clone(request)!;
        if (expected.InstanceConfiguration is { } instance)
        {
            instance.Cpu = InstanceSize.CpuUnits(instance.Cpu)?.ToString(CultureInfo.InvariantCulture);
            instance.Memory = InstanceSize.MemoryMegabytes(instance.Memory)?.ToString(CultureInfo.InvariantCulture);
        }

        expected.Tags = null;
        var requestedScaling = expected.AutoScalingConfigurationArn;
        expected.AutoScalingConfigurationArn = null;
        var actualScaling = service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn;
        return (requestedScaling is null || actualScaling is null || actualScaling == requestedScaling || actualScaling.StartsWith(requestedScaling + "/", StringComparison.Ordinal))
            && ContainsAll(JsonNode.Parse(WireJson.Write(service)), JsonNode.Parse(WireJson.Write(expected)));
    }

    private static bool ContainsAll(JsonNode? whole, JsonNode? part) => part switch
    {
        null => true,
        JsonObject expected => expected.All(member => ContainsAll((whole as JsonObject)?[member.Key], member.Value)),
        JsonArray expected => whole is JsonArray actual && actual.Count == expected.Count && actual.Zip(expected, ContainsAll).All(same => same),
        _ => whole is not null && JsonNode.DeepEquals(whole, part),
    };
}
