using System;
using System.Collections.Generic;
using System.Globalization;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Host;

/// <summary>Converts a stored configuration, which has no defaults left to fill in, into a workload.</summary>
internal static class WorkloadDescription
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The workload of a service.</summary>
    public static Workload Of(ServiceConfiguration configuration)
    {
        var source = configuration.Source;
        var scaling = configuration.AutoScaling;
        return new Workload(
            source.CodeRepository is { } repository ? Of(repository) : Of(source.ImageRepository!),
            Of(configuration.HealthCheck),
            new InstanceLimits(Number(configuration.Instance.Cpu), Number(configuration.Instance.Memory)),
            new Scaling(scaling.MinSize, scaling.MaxSize, scaling.MaxConcurrency));
    }

    /// <summary>The source of a service that is built from source code.</summary>
    public static CodeSource Of(CodeRepository repository) =>
        new(repository.RepositoryUrl!, repository.SourceCodeVersion!.Value, repository.SourceDirectory!, Of(repository.CodeConfiguration!));

    private static CodeSettings? Of(CodeConfiguration code)
    {
        if (code.ConfigurationSource == ConfigurationSource.Repository)
            return null;
        var values = code.CodeConfigurationValues!;
        return new CodeSettings(values.BuildCommand, values.StartCommand, Number(values.Port), values.RuntimeEnvironmentVariables ?? None, values.RuntimeEnvironmentSecrets ?? None);
    }

    private static ImageSource Of(ImageRepository repository)
    {
        var image = repository.ImageConfiguration!;
        return new ImageSource(repository.ImageIdentifier!, Number(image.Port), image.StartCommand, image.RuntimeEnvironmentVariables ?? None, image.RuntimeEnvironmentSecrets ?? None);
    }

    private static HealthCheck Of(HealthCheckConfiguration check) => new(
        check.Protocol == HealthCheckProtocol.Http ? check.Path! : null,
        TimeSpan.FromSeconds(check.Interval!.Value),
        TimeSpan.FromSeconds(check.Timeout!.Value),
        check.HealthyThreshold!.Value,
        check.UnhealthyThreshold!.Value);

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
