using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Completion;

/// <summary>Completes argument values without a call.</summary>
internal abstract class ValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The word includes the quotes that the user typed.
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Values(fakeBoundParameters)
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value));
    }

    /// <summary>The values.</summary>
    /// <param name="boundParameters">The parameters that are already on the command line.</param>
    /// <returns>All values, in the order to offer them.</returns>
    private protected abstract IEnumerable<string> Values(IDictionary boundParameters);

    private static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? value : "'" + value.Replace("'", "''") + "'";
}

/// <summary>Completes the known values of a class of the Model, such as <see cref="ServiceStatus"/>.</summary>
/// <param name="known">The class.</param>
internal abstract class KnownValueCompleter(Type known) : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(known);
}

/// <summary>Completes names of resources that this session has read.</summary>
/// <param name="kind">Their kind.</param>
internal abstract class ResourceNameCompleter(ResourceKind kind) : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionContext.Current.SeenNames(kind);
}

internal sealed class ConfigurationSourceCompleter() : KnownValueCompleter(typeof(ConfigurationSource));

internal sealed class ConnectionStatusCompleter() : KnownValueCompleter(typeof(ConnectionStatus));

internal sealed class CustomDomainStatusCompleter() : KnownValueCompleter(typeof(CustomDomainAssociationStatus));

internal sealed class EgressTypeCompleter() : KnownValueCompleter(typeof(EgressType));

internal sealed class ExpressScalingMetricCompleter() : KnownValueCompleter(typeof(ExpressScalingMetric));

internal sealed class HealthCheckProtocolCompleter() : KnownValueCompleter(typeof(HealthCheckProtocol));

internal sealed class IpAddressTypeCompleter() : KnownValueCompleter(typeof(IpAddressType));

internal sealed class MetricNameCompleter() : KnownValueCompleter(typeof(ServiceMetricName));

internal sealed class OperationStatusCompleter() : KnownValueCompleter(typeof(OperationStatus));

internal sealed class OperationTypeCompleter() : KnownValueCompleter(typeof(OperationType));

internal sealed class ProviderTypeCompleter() : KnownValueCompleter(typeof(ProviderType));

internal sealed class RegionCompleter() : KnownValueCompleter(typeof(KnownRegion));

internal sealed class RuntimeCompleter() : KnownValueCompleter(typeof(Runtime));

internal sealed class ServiceStatusCompleter() : KnownValueCompleter(typeof(ServiceStatus));

internal sealed class TracingVendorCompleter() : KnownValueCompleter(typeof(TracingVendor));

internal sealed class AutoScalingConfigurationNameCompleter() : ResourceNameCompleter(ResourceKind.AutoScalingConfiguration);

internal sealed class ConnectionNameCompleter() : ResourceNameCompleter(ResourceKind.Connection);

internal sealed class ObservabilityConfigurationNameCompleter() : ResourceNameCompleter(ResourceKind.ObservabilityConfiguration);

internal sealed class ServiceNameCompleter() : ResourceNameCompleter(ResourceKind.Service);

internal sealed class VpcConnectorNameCompleter() : ResourceNameCompleter(ResourceKind.VpcConnector);

internal sealed class VpcIngressConnectionNameCompleter() : ResourceNameCompleter(ResourceKind.VpcIngressConnection);

/// <summary>Completes names of environment variables of the service on the command line, if this session has read it; from the pipeline, of all services that it has read.</summary>
internal sealed class EnvironmentVariableCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionContext.Current.SeenEnvironment(ServiceIn(boundParameters)).Variables;

    /// <summary>The name of the service on the command line; null if there is none.</summary>
    /// <param name="boundParameters">The parameters on the command line.</param>
    /// <returns>The name, also of an ARN.</returns>
    internal static string? ServiceIn(IDictionary boundParameters) => boundParameters["Service"]?.ToString() is { Length: > 0 } given ? (Arn.TryParse(given, out var arn) ? arn.Name : given) : null;
}

/// <summary>Completes names of environment variables with secrets, as <see cref="EnvironmentVariableCompleter"/>.</summary>
internal sealed class EnvironmentSecretCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
        SessionContext.Current.SeenEnvironment(EnvironmentVariableCompleter.ServiceIn(boundParameters)).Secrets;
}

/// <summary>Completes statistics of CloudWatch.</summary>
internal sealed class StatisticCompleter : ValueCompleter
{
    /// <summary>The statistics; there are other percentiles.</summary>
    public static readonly string[] Known = ["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p95", "p99"];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => Known;
}

/// <summary>Completes profiles of the shared AWS files.</summary>
internal sealed class ProfileCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => PrivateAssemblies.Connector.GetProfileNames();
}

/// <summary>Completes the CPU of an instance.</summary>
internal sealed class CpuCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => InstanceSize.Pairs.Keys.Select(InstanceSize.FormatCpu);
}

/// <summary>Completes the memory of an instance: the sizes that are valid for the CPU on the command line, else all sizes.</summary>
internal sealed class MemoryCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters)
    {
        var cpu = boundParameters["Cpu"]?.ToString();
        return (cpu is not null && InstanceSize.CpuUnits(InstanceSize.NormalizeCpu(cpu)) is { } units && InstanceSize.Pairs.TryGetValue(units, out var sizes)
            ? sizes
            : InstanceSize.Pairs.Values.SelectMany(all => all).Distinct().OrderBy(size => size).ToArray()).Select(InstanceSize.FormatMemory);
    }
}
