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

/// <summary>Completes argument values without a call. The tooltip of each says what it means.</summary>
internal abstract class ValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The word includes the quotes that the user typed.
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            return
            [
                .. Values(fakeBoundParameters)
                    .Where(known => known.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Select(known => new CompletionResult(Quoted(known.Value), known.Value, CompletionResultType.ParameterValue, known.Description)),
            ];
        }
        catch (Exception failure) when (failure is not PipelineStoppedException)
        {
            // After a failure the engine would offer file names.
            return [];
        }
    }

    /// <summary>The values.</summary>
    /// <param name="boundParameters">The parameters that are already on the command line.</param>
    /// <returns>All values with their descriptions, in the order to offer them.</returns>
    private protected abstract IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters);

    /// <summary>The names of the services on the command line.</summary>
    /// <param name="boundParameters">The parameters on the command line.</param>
    /// <returns>The names, also of ARNs; empty if the services come from elsewhere.</returns>
    private protected static string[] ServicesIn(IDictionary boundParameters) =>
    [
        .. (boundParameters["Service"] is IEnumerable list and not string ? list.OfType<object>() : [boundParameters["Service"]])
            .OfType<string>().Where(given => given.Length > 0).Select(given => Arn.TryParse(given, out var arn) ? arn.Name : given),
    ];

    // $true is an expression.
    private static string Quoted(string value) => value is "$true" or "$false" || value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? value : "'" + value.Replace("'", "''") + "'";
}

/// <summary>Completes the known values of a class of the Model, such as <see cref="ServiceStatus"/>. Those past their end of support come last.</summary>
/// <param name="known">The class.</param>
internal abstract class KnownValueCompleter(Type known) : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) =>
        from value in OneOfAttribute.KnownValuesOf(known)
        orderby value.EndOfSupport is not null
        select (value.Value, value.Description + (value.EndOfSupport is { } end ? $". Deprecated: end of support {EndOfSupportAttribute.Format(end)}" : string.Empty));
}

/// <summary>Completes names of resources that this session has read.</summary>
/// <param name="kind">Their kind.</param>
internal abstract class ResourceNameCompleter(ResourceKind kind) : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => SessionContext.Current.Seen.Names(kind);
}

internal sealed class ConfigurationSourceCompleter() : KnownValueCompleter(typeof(ConfigurationSource));

internal sealed class ConnectionStatusCompleter() : KnownValueCompleter(typeof(ConnectionStatus));

internal sealed class CustomDomainStatusCompleter() : KnownValueCompleter(typeof(CustomDomainAssociationStatus));

internal sealed class EgressTypeCompleter() : KnownValueCompleter(typeof(EgressType));

internal sealed class ExportFormatCompleter() : KnownValueCompleter(typeof(ExportFormat));

internal sealed class ExpressScalingMetricCompleter() : KnownValueCompleter(typeof(ExpressScalingMetric));

internal sealed class HealthCheckProtocolCompleter() : KnownValueCompleter(typeof(HealthCheckProtocol));

internal sealed class IpAddressTypeCompleter() : KnownValueCompleter(typeof(IpAddressType));

internal sealed class MetricNameCompleter() : KnownValueCompleter(typeof(ServiceMetricName));

internal sealed class OperationStatusCompleter() : KnownValueCompleter(typeof(OperationStatus));

internal sealed class OperationTypeCompleter() : KnownValueCompleter(typeof(OperationType));

internal sealed class ProviderTypeCompleter() : KnownValueCompleter(typeof(ProviderType));

internal sealed class RegionCompleter() : KnownValueCompleter(typeof(KnownRegion));

internal sealed class RuntimeCompleter() : KnownValueCompleter(typeof(Runtime));

internal sealed class ServiceLogKindCompleter() : KnownValueCompleter(typeof(ServiceLogKind));

internal sealed class ServiceStatusCompleter() : KnownValueCompleter(typeof(ServiceStatus));

internal sealed class TracingVendorCompleter() : KnownValueCompleter(typeof(TracingVendor));

internal sealed class AutoScalingConfigurationNameCompleter() : ResourceNameCompleter(ResourceKind.AutoScalingConfiguration);

internal sealed class ConnectionNameCompleter() : ResourceNameCompleter(ResourceKind.Connection);

internal sealed class ObservabilityConfigurationNameCompleter() : ResourceNameCompleter(ResourceKind.ObservabilityConfiguration);

internal sealed class ServiceNameCompleter() : ResourceNameCompleter(ResourceKind.Service);

internal sealed class VpcConnectorNameCompleter() : ResourceNameCompleter(ResourceKind.VpcConnector);

internal sealed class VpcIngressConnectionNameCompleter() : ResourceNameCompleter(ResourceKind.VpcIngressConnection);

/// <summary>Completes names of environment variables of the services on the command line, if this session has read them; from the pipeline, of all services that it has read.</summary>
internal sealed class EnvironmentVariableCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => SessionContext.Current.Seen.Variables(ServicesIn(boundParameters), secrets: false);
}

/// <summary>Completes names of environment variables with secrets, as <see cref="EnvironmentVariableCompleter"/>.</summary>
internal sealed class EnvironmentSecretCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => SessionContext.Current.Seen.Variables(ServicesIn(boundParameters), secrets: true);
}

/// <summary>Completes ids of operations that this session has read or started, newest first: those of the services on the command line, else of all.</summary>
internal sealed class OperationIdCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => SessionContext.Current.Seen.Operations(ServicesIn(boundParameters));
}

/// <summary>Completes statistics of CloudWatch.</summary>
internal sealed class StatisticCompleter : ValueCompleter
{
    // There are other percentiles.
    private static readonly (string Value, string Description)[] Known =
    [
        ("Sum", "The sum of the values of a period"),
        ("Average", "The average of the values of a period"),
        ("Minimum", "The lowest value of a period"),
        ("Maximum", "The highest value of a period"),
        ("SampleCount", "The number of values of a period"),
        ("p50", "The median: half of the values of a period are not above it"),
        ("p90", "90 percent of the values of a period are not above it"),
        ("p95", "95 percent of the values of a period are not above it"),
        ("p99", "99 percent of the values of a period are not above it"),
    ];

    /// <summary>The statistics.</summary>
    public static IEnumerable<string> Names => Known.Select(known => known.Value);

    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => Known;
}

/// <summary>Completes profiles of the shared AWS files.</summary>
internal sealed class ProfileCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) =>
        PrivateAssemblies.Connector.GetProfileNames().Select(name => (name, "Profile in the shared AWS files"));
}

/// <summary>Completes a Boolean that may be absent: the engine completes only those that cannot be.</summary>
internal sealed class BooleanCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) => [("$true", "True"), ("$false", "False")];
}

/// <summary>Completes the CPU of an instance.</summary>
internal sealed class CpuCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters) =>
        InstanceSize.Pairs.Select(pair => (InstanceSize.FormatCpu(pair.Key), $"{pair.Key} CPU units, with {string.Join(", ", pair.Value.Select(InstanceSize.FormatMemory))} of memory"));
}

/// <summary>Completes the memory of an instance: the sizes that are valid for the CPU on the command line, else all sizes.</summary>
internal sealed class MemoryCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Value, string Description)> Values(IDictionary boundParameters)
    {
        var units = boundParameters["Cpu"]?.ToString() is { } cpu ? InstanceSize.CpuUnits(InstanceSize.NormalizeCpu(cpu)) : null;
        var isKnown = units is not null && InstanceSize.Pairs.ContainsKey(units.Value);
        return InstanceSize.Pairs.Where(pair => !isKnown || pair.Key == units)
            .SelectMany(pair => pair.Value, (pair, memory) => (pair.Key, Memory: memory))
            .GroupBy(pair => pair.Memory, pair => InstanceSize.FormatCpu(pair.Key))
            .OrderBy(size => size.Key)
            .Select(size => (InstanceSize.FormatMemory(size.Key), $"{size.Key} MB, with {string.Join(", ", size)}"));
    }
}
