using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Export;

/// <summary>A service of Amazon ECS Express Mode (API: CreateExpressGatewayService).</summary>
internal sealed class ExpressService
{
    /// <summary>The name.</summary>
    public string ServiceName { get; set; } = string.Empty;

    /// <summary>The cluster; null for the default one.</summary>
    public string? Cluster { get; set; }

    /// <summary>The role that pulls the image, reads the secrets and writes the logs; null if it was not given.</summary>
    public string? ExecutionRoleArn { get; set; }

    /// <summary>The role that creates load balancer and scaling; null if it was not given.</summary>
    public string? InfrastructureRoleArn { get; set; }

    /// <summary>The role of the application; null for none.</summary>
    public string? TaskRoleArn { get; set; }

    /// <summary>The image.</summary>
    public string Image { get; set; } = string.Empty;

    /// <summary>The port. Always written, because the default is another one than App Runner's.</summary>
    public int ContainerPort { get; set; }

    /// <summary>The command; null for that of the image.</summary>
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>The environment variables by name, with PORT.</summary>
    public SortedDictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the variables whose values are not the user's.</summary>
    public HashSet<string> AddedVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARNs of secrets and parameters by the name of the variable.</summary>
    public SortedDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>CPU units.</summary>
    public string Cpu { get; set; } = string.Empty;

    /// <summary>Memory in MiB.</summary>
    public string Memory { get; set; } = string.Empty;

    /// <summary>The path of the health check.</summary>
    public string HealthCheckPath { get; set; } = string.Empty;

    /// <summary>The minimum number of tasks.</summary>
    public int MinTaskCount { get; set; }

    /// <summary>The maximum number of tasks.</summary>
    public int MaxTaskCount { get; set; }

    /// <summary>The metric to scale by.</summary>
    public string AutoScalingMetric { get; set; } = string.Empty;

    /// <summary>The target of the metric.</summary>
    public int AutoScalingTargetValue { get; set; }

    /// <summary>The subnets; empty for the default VPC.</summary>
    public IReadOnlyList<string> Subnets { get; set; } = [];

    /// <summary>The security groups of the tasks; empty for those that Amazon ECS creates.</summary>
    public IReadOnlyList<string> SecurityGroups { get; set; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];

    /// <summary>The variables as they are written: without the user's values if they are left out.</summary>
    /// <typeparam name="T">The type of a written value.</typeparam>
    /// <param name="noValue">Whether values are left out.</param>
    /// <param name="value">Writes a value.</param>
    /// <param name="leftOut">Writes what stands for the value of a variable.</param>
    /// <returns>Names and values, by name.</returns>
    public IEnumerable<KeyValuePair<string, T>> VariablesFor<T>(bool noValue, Func<string, T> value, Func<string, T> leftOut) =>
        Environment.Select(pair => new KeyValuePair<string, T>(pair.Key, noValue && !AddedVariables.Contains(pair.Key) ? leftOut(pair.Key) : value(pair.Value)));
}

/// <summary>Converts a service of App Runner to one of Amazon ECS Express Mode, and finds what cannot be converted, or only by a decision.</summary>
internal sealed class ExpressMapping
{
    private const string Connector = "NetworkConfiguration.EgressConfiguration.VpcConnectorArn";
    private const string PortVariable = "PORT";

    private readonly ServiceSnapshot snapshot;
    private readonly ExpressDecisions decisions;
    private readonly Model.SourceFile? file;
    private readonly List<MigrationFinding> findings = [];

    private ExpressMapping(ServiceSnapshot snapshot, ExportOptions options)
    {
        this.snapshot = snapshot;
        decisions = options.Decisions;
        file = options.SourceFile;
    }

    private Service Source => snapshot.Service;

    /// <summary>What the mapping needs to know about a service.</summary>
    public static SnapshotParts Parts =>
        SnapshotParts.Tags | SnapshotParts.AutoScalingConfiguration | SnapshotParts.VpcConnector | SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections;

    /// <summary>Converts a service.</summary>
    /// <param name="snapshot">The service with its <see cref="Parts"/>.</param>
    /// <param name="options">The decisions.</param>
    /// <returns>The service, which can be used if no finding is a blocker; and the findings.</returns>
    public static (ExpressService Service, IReadOnlyList<MigrationFinding> Findings) Of(ServiceSnapshot snapshot, ExportOptions options)
    {
        var mapping = new ExpressMapping(snapshot, options);
        return (mapping.Map(), mapping.findings);
    }

    private ExpressService Map()
    {
        var express = new ExpressService
        {
            ServiceName = Source.ServiceName!,
            Cluster = decisions.Cluster,
            Tags = (Definitions.TagsOf(snapshot.Tags) ?? []).Where(IsTagOfEcs).ToArray(),
            Cpu = InstanceSize.CpuUnits(Source.InstanceConfiguration?.Cpu)?.ToString(CultureInfo.InvariantCulture) ?? TextOr(Source.InstanceConfiguration?.Cpu, Defaults.Text<InstanceConfiguration>(nameof(InstanceConfiguration.Cpu))),
            Memory = InstanceSize.MemoryMegabytes(Source.InstanceConfiguration?.Memory)?.ToString(CultureInfo.InvariantCulture) ?? TextOr(Source.InstanceConfiguration?.Memory, Defaults.Text<InstanceConfiguration>(nameof(InstanceConfiguration.Memory))),
        };
        foreach (var tag in (Definitions.TagsOf(snapshot.Tags) ?? []).Where(tag => !IsTagOfEcs(tag)))
            Find(MigrationSeverity.Loss, "Tags." + tag.Key, "is left out: the tags of Amazon ECS have letters, digits, blanks and _ . : / = + - @ only.");
        MapSource(express);
        MapRoles(express);
        MapHealthCheck(express);
        MapScaling(express);
        MapNetwork(express);
        FindManualWork();
        Find(MigrationSeverity.Note, nameof(Service.ServiceUrl), "changes: the new service has another ARN and URL. Run both until clients use the new one.");
        Find(MigrationSeverity.Note, "Deployments", "roll back when more than 1 % of the responses are 4xx or 5xx. An API that often answers 401 or 404 may never deploy.");
        Find(MigrationSeverity.Note, "Cost", "differs: every task, the load balancer and public IPv4 addresses cost also while there are no requests.");
        return express;
    }

    private void MapSource(ExpressService express)
    {
        var code = Source.SourceConfiguration?.CodeRepository;
        var image = Source.SourceConfiguration?.ImageRepository;
        express.Image = TextOr(decisions.Image, image?.ImageIdentifier ?? string.Empty);
        if (code is null)
        {
            MapRunSettings(express, image?.ImageConfiguration, "SourceConfiguration.ImageRepository.ImageConfiguration");
            if (image?.ImageConfiguration?.StartCommand is { Length: > 0 } command)
            {
                express.Command = CommandSplitter.Split(command, out var openQuote);
                Find(MigrationSeverity.Manual, "SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand", "becomes the command, and the image keeps its ENTRYPOINT. Check that the image has none, or one that runs the command." + (openQuote is null ? string.Empty : $" It has an opening quote ({openQuote}) without a closing one."));
            }
        }
        else
        {
            if (express.Image.Length == 0)
                Find(MigrationSeverity.Blocker, "SourceConfiguration.CodeRepository", "is source code, and Express Mode runs images only. Build an image, for example with Export-ARService -Format Dockerfile, push it to Amazon ECR, and name it with -Image.", nameof(decisions.Image));
            Find(MigrationSeverity.Note, "SourceConfiguration.CodeRepository.CodeConfiguration", "has build and start commands, which are not exported: the image is built with them.");
            MapCode(express, code.CodeConfiguration);
        }

        if (Source.SourceConfiguration?.AutoDeploymentsEnabled == true)
            Find(MigrationSeverity.Manual, "SourceConfiguration.AutoDeploymentsEnabled", "has no counterpart: a new image or commit is not deployed by itself. Update the service from a pipeline, such as a GitHub workflow.");
    }

    private void MapCode(ExpressService express, CodeConfiguration? configuration)
    {
        if (configuration?.ConfigurationSource != ConfigurationSource.Repository)
        {
            MapRunSettings(express, configuration?.CodeConfigurationValues, "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues");
            return;
        }

        if (file is null)
            Find(MigrationSeverity.Decision, "SourceConfiguration.CodeRepository.CodeConfiguration.ConfigurationSource", $"is REPOSITORY: port, variables and secrets are in {Model.SourceFile.FileName}, which is not read from the repository. Give the file with -SourceFile; without it the port is {RunSettingRules.DefaultPort}, and there are no variables.", "SourceFile");
        var run = file?.Run ?? new SourceFileRun();
        AddVariables(express, run.Port, run.EnvironmentVariables, run.Secrets, Model.SourceFile.FileName + ": run");
        if (run.PortVariable is { Length: > 0 } name)
            AddPort(express, name, run.Port);
    }

    private void MapRunSettings(ExpressService express, IRunSettings? settings, string path) => AddVariables(
        express,
        int.TryParse(TextOr(settings?.Port, RunSettingRules.DefaultPort), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : int.Parse(RunSettingRules.DefaultPort, CultureInfo.InvariantCulture),
        settings?.RuntimeEnvironmentVariables,
        settings?.RuntimeEnvironmentSecrets,
        path);

    private void AddVariables(ExpressService express, int port, Dictionary<string, string>? variables, Dictionary<string, string>? secrets, string path)
    {
        express.ContainerPort = port;
        foreach (var variable in variables ?? [])
            express.Environment[variable.Key] = variable.Value;
        foreach (var secret in secrets ?? [])
            express.Secrets[secret.Key] = RunSettingRules.FullReference(secret.Value, Source.ServiceArn);
        AddPort(express, PortVariable, port);
        if (express.Secrets.Count > 0)
            Find(MigrationSeverity.Manual, path + "." + nameof(IRunSettings.RuntimeEnvironmentSecrets), "are read by the execution role, no more by the instance role. EcsExpressCloudFormation and EcsExpressTerraform allow it for a role that they create; allow it for any other role, and for KMS keys of your own.");
        if (express.Secrets.Keys.Any(express.Environment.ContainsKey))
        {
            // Amazon ECS refuses a name in both lists.
            foreach (var name in express.Secrets.Keys.Where(express.Environment.ContainsKey).ToArray())
                express.Environment.Remove(name);
            Find(MigrationSeverity.Loss, path + "." + nameof(IRunSettings.RuntimeEnvironmentVariables), "has names that are secrets too, which Express Mode refuses. The secrets are exported.");
        }

        Find(MigrationSeverity.Note, path + "." + nameof(IRunSettings.Port), "is also written as the variable PORT, which App Runner sets and Express Mode does not.");
    }

    private void AddPort(ExpressService express, string name, int port)
    {
        // App Runner sets it whatever the settings say.
        var text = port.ToString(CultureInfo.InvariantCulture);
        if (express.Secrets.Remove(name) || (express.Environment.TryGetValue(name, out var own) && own != text))
            Find(MigrationSeverity.Loss, "RuntimeEnvironmentVariables." + name, "is left out: App Runner sets this variable to the port, and so does the export.");
        express.Environment[name] = text;
        express.AddedVariables.Add(name);
    }

    private void MapRoles(ExpressService express)
    {
        express.ExecutionRoleArn = decisions.ExecutionRoleArn;
        express.InfrastructureRoleArn = decisions.InfrastructureRoleArn;
        if (express.ExecutionRoleArn is null)
        {
            const string access = "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn";
            Find(
                MigrationSeverity.Decision,
                Source.SourceConfiguration?.AuthenticationConfiguration?.AccessRoleArn is { Length: > 0 } ? access : nameof(decisions.ExecutionRoleArn),
                "becomes the execution role, which trusts ecs-tasks.amazonaws.com and pulls the image, reads the secrets and writes the logs. Give it with -ExecutionRoleArn; EcsExpressCloudFormation and EcsExpressTerraform can create it.",
                nameof(decisions.ExecutionRoleArn));
        }

        if (express.InfrastructureRoleArn is null)
            Find(MigrationSeverity.Decision, nameof(decisions.InfrastructureRoleArn), "is needed: the role, trusted by ecs.amazonaws.com, that creates load balancer, certificate and scaling. A service keeps it for ever. Give it with -InfrastructureRoleArn; EcsExpressCloudFormation and EcsExpressTerraform can create it.", nameof(decisions.InfrastructureRoleArn));
        express.TaskRoleArn = decisions.TaskRoleArn ?? (Source.InstanceConfiguration?.InstanceRoleArn is { Length: > 0 } role ? role : null);
        if (express.TaskRoleArn is not null && decisions.TaskRoleArn is null)
            Find(MigrationSeverity.Decision, "InstanceConfiguration.InstanceRoleArn", "becomes the task role. It must trust ecs-tasks.amazonaws.com, which the instance role of App Runner does not: change its trust policy, or name another role. -TaskRoleArn confirms either.", nameof(decisions.TaskRoleArn));
    }

    private void MapHealthCheck(ExpressService express)
    {
        var check = Source.HealthCheckConfiguration;
        var isHttp = check?.Protocol == HealthCheckProtocol.Http;

        // DescribeService shows a path for a TCP check too, which is only a default.
        express.HealthCheckPath = decisions.HealthCheckPath ?? (isHttp ? TextOr(check!.Path, Defaults.Text<HealthCheckConfiguration>(nameof(check.Path))) : string.Empty);
        if (express.HealthCheckPath.Length == 0)
            Find(MigrationSeverity.Blocker, "HealthCheckConfiguration.Protocol", "is TCP, and Express Mode checks a path by HTTP. Give a path that responds with 200 to 399 without credentials with -HealthCheckPath.", nameof(decisions.HealthCheckPath));
        var isDefault = check is null || (Is(nameof(check.Interval), check.Interval) && Is(nameof(check.Timeout), check.Timeout) && Is(nameof(check.HealthyThreshold), check.HealthyThreshold) && Is(nameof(check.UnhealthyThreshold), check.UnhealthyThreshold));
        Find(isDefault ? MigrationSeverity.Note : MigrationSeverity.Loss, "HealthCheckConfiguration", "has Interval, Timeout, HealthyThreshold and UnhealthyThreshold, which Express Mode does not have: its target group has its own.");

        static bool Is(string member, int? value) => value is null || value == Defaults.Number<HealthCheckConfiguration>(member);
    }

    private void MapScaling(ExpressService express)
    {
        var scaling = snapshot.AutoScalingConfiguration;
        express.MinTaskCount = scaling?.MinSize ?? Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(scaling.MinSize));
        express.MaxTaskCount = scaling?.MaxSize ?? Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(scaling.MaxSize));
        express.AutoScalingMetric = decisions.EffectiveMetric;
        express.AutoScalingTargetValue = decisions.EffectiveTargetValue;
        if (scaling is null)
            Find(MigrationSeverity.Manual, nameof(Source.AutoScalingConfigurationSummary), $"could not be read. The sizes are App Runner's defaults, {express.MinTaskCount} to {express.MaxTaskCount}.");
        if (string.IsNullOrEmpty(decisions.AutoScalingMetric))
        {
            var concurrency = scaling?.MaxConcurrency ?? Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(scaling.MaxConcurrency));
            Find(MigrationSeverity.Decision, "AutoScalingConfigurationSummary.MaxConcurrency", $"is {concurrency}, and Express Mode does not scale by concurrent requests but by a metric. Without -AutoScalingMetric it is {express.AutoScalingMetric} {express.AutoScalingTargetValue}. Nearest is REQUEST_COUNT_PER_TARGET, with {concurrency} x 60 / latency in seconds as -AutoScalingTargetValue.", nameof(decisions.AutoScalingMetric));
        }
    }

    private void MapNetwork(ExpressService express)
    {
        var network = Source.NetworkConfiguration;
        var usesVpc = network?.EgressConfiguration?.EgressType == EgressType.Vpc;
        var isPrivate = network?.IngressConfiguration?.IsPubliclyAccessible == false;
        var connector = usesVpc ? snapshot.VpcConnector : null;
        express.Subnets = decisions.Subnet ?? [];
        express.SecurityGroups = decisions.SecurityGroup ?? connector?.SecurityGroups ?? [];
        if (usesVpc && decisions.SecurityGroup is null && express.SecurityGroups.Count > 0)
            Find(MigrationSeverity.Manual, Connector, "has security groups, which become those of the tasks. They must belong to the VPC of the subnets and allow traffic from the load balancer.");
        if (decisions.Subnet is null && isPrivate)
            MapPrivateSubnets(express, connector);
        else if (decisions.Subnet is null && usesVpc)
            Find(MigrationSeverity.Blocker, Connector, "has subnets for outbound traffic, which are private as a rule. Express Mode uses one set of subnets for tasks and load balancer, and private ones would take this public service off the internet. Give public subnets of the same VPC with -Subnet.", nameof(decisions.Subnet));
        if (isPrivate)
            Find(MigrationSeverity.Loss, "NetworkConfiguration.IngressConfiguration", "is private: clients reach the new service by its internal load balancer in the VPC of its subnets. Public subnets would make it public.");
        foreach (var ingress in snapshot.VpcIngressConnections)
            Find(MigrationSeverity.Manual, "VpcIngressConnections." + ingress.VpcIngressConnectionName, $"is not exported. Clients in {ingress.IngressVpcConfiguration?.VpcId ?? "its VPC"} need a route to the VPC of the new service.");
        if (network?.IpAddressType == IpAddressType.DualStack)
            Find(MigrationSeverity.Manual, "NetworkConfiguration.IpAddressType", "is DUAL_STACK. The load balancer of Express Mode is created for IPv4: for IPv6 change it, and its DNS records, afterwards.");
    }

    private void MapPrivateSubnets(ExpressService express, VpcConnector? connector)
    {
        if (connector?.Subnets is { } subnets && subnets.Distinct().Count() > 1)
        {
            express.Subnets = subnets;
            Find(MigrationSeverity.Decision, Connector, $"has the subnets {string.Join(", ", subnets)}, which are exported because the service is private. Public subnets would make it public. -Subnet confirms or replaces them.", nameof(decisions.Subnet));
        }
        else
        {
            Find(MigrationSeverity.Blocker, "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible", "is false, and the service has no VPC connector with two subnets or more. Without subnets it would be public. Give at least two private subnets with -Subnet.", nameof(decisions.Subnet));
        }
    }

    private void FindManualWork()
    {
        foreach (var domain in snapshot.CustomDomains)
            Find(MigrationSeverity.Manual, "CustomDomains." + domain.DomainName, "is not exported. Request a certificate, add it and a host rule to the load balancer, and then change the DNS record.");
        if (Source.EncryptionConfiguration?.KmsKey is { Length: > 0 })
            Find(MigrationSeverity.Manual, "EncryptionConfiguration.KmsKey", "is not exported. Encrypt the Amazon ECR repository, the logs and the ephemeral storage of the cluster with it instead.");
        if (Source.ObservabilityConfiguration?.ObservabilityEnabled == true)
            Find(MigrationSeverity.Manual, "ObservabilityConfiguration", "is not exported: Express Mode starts no collector for AWS X-Ray. Send traces from the application, or add a collector to the image.");
        if (Source.Status == ServiceStatus.Paused)
            Find(MigrationSeverity.Manual, nameof(Source.Status), "is PAUSED. Express Mode has no pause: the new service runs, and costs, at once.");
        if (Source.Status is ServiceStatus.CreateFailed or ServiceStatus.DeleteFailed or ServiceStatus.Deleted)
            Find(MigrationSeverity.Manual, nameof(Source.Status), $"is {Source.Status}. Check that these settings ever worked.");
        Find(MigrationSeverity.Note, "WAF", "is not part of the service, so it is not read. If a web ACL of AWS WAF protects it, associate it with the new load balancer.");
    }

    private static bool IsTagOfEcs(Tag tag) => Regex.IsMatch(tag.Key + tag.Value, "\\A[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*\\z", RegexOptions.CultureInvariant);

    private void Find(string severity, string member, string message, string? parameter = null) => findings.Add(new MigrationFinding(severity, member, message, parameter));

    private static string TextOr(string? text, string other) => string.IsNullOrEmpty(text) ? other : text!;
}
