using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The parameters that describe a service, shared by the cmdlets that create and change one. Their names are the members of a definition.</summary>
public abstract class ServiceSettingsCommand : OperationStartingCommand
{
    private static readonly string[] RelativePaths = [".", ".."];

    /// <summary>Whether a push to the source deploys by itself. Default: true, but false for ECR Public and another account's ECR (API: SourceConfiguration.AutoDeploymentsEnabled).</summary>
    [Parameter]
    public bool? AutoDeploymentsEnabled { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080 (API: Port).</summary>
    [Parameter]
    public string? Port { get; set; }

    /// <summary>The command that starts the application, on one line. Never shown (API: StartCommand).</summary>
    [Parameter]
    public string? StartCommand { get; set; }

    /// <summary>Environment variables of the application, as a hashtable. Never shown. On an update it replaces the whole map (API: RuntimeEnvironmentVariables).</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("RuntimeEnvironmentVariables")]
    public Dictionary<string, string>? EnvironmentVariable { get; set; }

    /// <summary>Environment variables whose values are ARNs of Secrets Manager secrets or SSM parameters, as a hashtable. Never shown (API: RuntimeEnvironmentSecrets).</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("RuntimeEnvironmentSecrets")]
    public Dictionary<string, string>? EnvironmentSecret { get; set; }

    /// <summary>CPU of one instance: 0.25, 0.5, 1, 2 or 4 vCPU, or 256 to 4096 units. Default: 1 vCPU (API: InstanceConfiguration.Cpu).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CpuCompleter))]
    public string? Cpu { get; set; }

    /// <summary>Memory of one instance: 0.5, 1, 2, 3, 4, 6, 8, 10 or 12 GB, or 512 to 12288 MB; what is valid depends on Cpu. Default: 2 GB (API: InstanceConfiguration.Memory).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MemoryCompleter))]
    public string? Memory { get; set; }

    /// <summary>The ARN of the role that the application's own AWS calls use (API: InstanceConfiguration.InstanceRoleArn).</summary>
    [Parameter]
    public string? InstanceRoleArn { get; set; }

    /// <summary>Size and role of the instances: a hashtable or the output of New-ARInstanceConfig (API: InstanceConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(InstanceConfiguration))]
    public InstanceConfiguration? InstanceConfiguration { get; set; }

    /// <summary>Health check: a hashtable or the output of New-ARHealthCheckConfig (API: HealthCheckConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(HealthCheckConfiguration))]
    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    /// <summary>Network settings: a hashtable or the output of New-ARNetworkConfig (API: NetworkConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(NetworkConfiguration))]
    public NetworkConfiguration? NetworkConfiguration { get; set; }

    /// <summary>Tracing: a hashtable or the output of New-ARServiceObservabilityConfig (API: ServiceObservabilityConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(ServiceObservabilityConfiguration))]
    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    /// <summary>The ARN of an auto scaling configuration; without revision the latest. Default: the region's default (API: AutoScalingConfigurationArn).</summary>
    [Parameter]
    [ResourceArnTransformation]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>The names of the parameters on the command line, without what the pipeline bound.</summary>
    private protected ICollection<string> Given { get; private set; } = [];

    /// <summary>For App Runner on this computer, makes a relative path of a repository whole: the endpoint does not know where the session is.</summary>
    /// <param name="source">The source of a request; may be null.</param>
    /// <param name="connection">Where the request goes. On AWS, a path means nothing, and App Runner says so.</param>
    private protected void CompletePath(SourceConfiguration? source, IAppRunnerConnection connection)
    {
        if (connection.Endpoint.IsLoopback && source?.CodeRepository is { RepositoryUrl: { } url } code && IsRelativePath(url))
            code.RepositoryUrl = System.IO.Path.GetFullPath(System.IO.Path.Combine(SessionState.Path.CurrentFileSystemLocation.ProviderPath, url));
    }

    // Nothing but a path begins with a dot; a bare name could be meant for something else.
    private static bool IsRelativePath(string url) =>
        RelativePaths.Any(beginning => url == beginning || (url.StartsWith(beginning, StringComparison.Ordinal) && url[beginning.Length] is '/' or '\\'));

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Given = MyInvocation.BoundParameters.Keys.ToArray();
    }
}
