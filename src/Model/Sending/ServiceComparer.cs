using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Model.Json;

namespace AppRunner.Model.Sending;

/// <summary>Tells whether a service can have come from a request.</summary>
internal static class ServiceComparer
{
    /// <summary>Whether everything that the request gave is found on the service. Tags are not compared: a service does not show them.</summary>
    /// <param name="service">A service, as DescribeService gives it.</param>
    /// <param name="request">A request to create one.</param>
    /// <returns>False where a member differs.</returns>
    public static bool WasMadeBy(Service service, CreateServiceRequest request)
    {
        // The service answers in units, whatever was sent.
        var asked = WireJson.Clone(request)!;
        if (asked.InstanceConfiguration is { } instance)
        {
            instance.Cpu = InstanceSize.CpuUnits(instance.Cpu)?.ToString(CultureInfo.InvariantCulture);
            instance.Memory = InstanceSize.MemoryMegabytes(instance.Memory)?.ToString(CultureInfo.InvariantCulture);
        }

        asked.Tags = null;
        var scaling = asked.AutoScalingConfigurationArn;
        asked.AutoScalingConfigurationArn = null;
        var used = service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn;
        return (scaling is null || used is null || used == scaling || used.StartsWith(scaling + "/", StringComparison.Ordinal))
            && Holds(JsonNode.Parse(WireJson.Write(service)), JsonNode.Parse(WireJson.Write(asked)));
    }

    private static bool Holds(JsonNode? whole, JsonNode? part) => part switch
    {
        null => true,
        JsonObject asked => asked.All(member => Holds((whole as JsonObject)?[member.Key], member.Value)),
        JsonArray asked => whole is JsonArray there && there.Count == asked.Count && there.Zip(asked, Holds).All(same => same),
        _ => whole is not null && JsonNode.DeepEquals(whole, part),
    };
}
