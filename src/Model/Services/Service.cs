using System;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A service, whole, as DescribeService gives it (API: Service).</summary>
public sealed class Service : ServiceSummary
{
    /// <summary>When it was deleted (UTC); null while it exists.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>What it deploys.</summary>
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>The size and role of its instances. Cpu and Memory are in units and MB whatever was sent.</summary>
    public InstanceConfiguration? InstanceConfiguration { get; set; }

    /// <summary>Its own encryption key; null with App Runner's.</summary>
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>How its health is checked.</summary>
    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    /// <summary>The auto scaling configuration that it uses.</summary>
    public AutoScalingConfigurationSummary? AutoScalingConfigurationSummary { get; set; }

    /// <summary>Its network settings.</summary>
    public NetworkConfiguration? NetworkConfiguration { get; set; }

    /// <summary>Its tracing.</summary>
    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    /// <summary>
    /// The operation that the cmdlet which wrote this object started, for Wait-AROperation; null on an object that was only read.
    /// Not part of the API's shape: the API answers it beside the service.
    /// </summary>
    [JsonIgnore]
    public string? OperationId { get; set; }
}
