using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>
/// What people write to describe a service: the members of CreateService, and the short ones that stand for members deep inside.
/// The parameters of New- and Update-ARService, hashtables, JSON files and CSV rows all end here, so they all mean the same.
/// </summary>
internal sealed class ServiceDefinition
{
    // What names a service in an object that describes a change of it.
    private static readonly string[] Identity = ["ServiceArn", "ServiceName", "Name", "Region", "ResourceArn", "OperationId"];

    private static readonly PropertyInfo[] Members = typeof(ServiceDefinition).GetProperties();

    [Alias("Name")]
    public string? ServiceName { get; set; }

    public SourceConfiguration? SourceConfiguration { get; set; }

    public InstanceConfiguration? InstanceConfiguration { get; set; }

    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    public string? AutoScalingConfigurationArn { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    // SourceConfiguration.ImageRepository
    public string? ImageIdentifier { get; set; }

    // SourceConfiguration.AuthenticationConfiguration
    public string? AccessRoleArn { get; set; }

    public string? ConnectionArn { get; set; }

    // SourceConfiguration.CodeRepository
    public string? RepositoryUrl { get; set; }

    public string? Branch { get; set; }

    public string? SourceDirectory { get; set; }

    [OneOf(typeof(ConfigurationSource))]
    public string? ConfigurationSource { get; set; }

    [OneOf(typeof(Runtime))]
    public string? Runtime { get; set; }

    public string? BuildCommand { get; set; }

    // ImageConfiguration or CodeConfigurationValues, whichever the source has
    public string? StartCommand { get; set; }

    public string? Port { get; set; }

    [Alias("RuntimeEnvironmentVariables", "EnvironmentVariables")]
    public Dictionary<string, string>? EnvironmentVariable { get; set; }

    [Alias("RuntimeEnvironmentSecrets", "EnvironmentSecrets")]
    public Dictionary<string, string>? EnvironmentSecret { get; set; }

    public bool? AutoDeploymentsEnabled { get; set; }

    // InstanceConfiguration
    [CpuSize]
    public string? Cpu { get; set; }

    [MemorySize]
    public string? Memory { get; set; }

    public string? InstanceRoleArn { get; set; }

    /// <summary>Whether anything says what the instances are to be.</summary>
    public bool TouchesInstance => (InstanceConfiguration ?? (object?)Cpu ?? Memory ?? InstanceRoleArn) is not null;

    /// <summary>Whether a short member says something about the source.</summary>
    public bool TouchesSource =>
        (ImageIdentifier ?? AccessRoleArn ?? ConnectionArn ?? RepositoryUrl ?? Branch ?? SourceDirectory ?? ConfigurationSource ?? TouchedRunSettings) is not null || AutoDeploymentsEnabled is not null;

    private string? TouchedRunSettings => Runtime ?? BuildCommand ?? StartCommand ?? Port ?? (EnvironmentVariable is null && EnvironmentSecret is null ? null : string.Empty);

    private bool TouchesCodeValues => Runtime is not null || BuildCommand is not null;

    /// <summary>Reads a definition from what came down the pipeline or out of a file.</summary>
    /// <param name="input">A request, a service to copy, a hashtable, an object.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    /// <returns>The definition.</returns>
    public static ServiceDefinition From(object input, ICollection<Problem> problems)
    {
        switch ((input as PSObject)?.BaseObject ?? input)
        {
            case CreateServiceRequest request:
                return From(request);
            case Service service:
                return From(service);
        }

        // A service that went through JSON: what it answers and cannot be asked for is left behind.
        if (ObjectBinder.MembersOf(input) is { } members && members.ToArray() is var all && all.Any(member => Is(member, "ServiceArn")) && all.Any(member => Is(member, "Status")))
        {
            var scaling = all.FirstOrDefault(member => Is(member, "AutoScalingConfigurationSummary")).Value;
            var wanted = all.Where(member => Members.Any(known => Is(member, known.Name))).ToList();
            if (scaling is not null && !wanted.Exists(member => Is(member, "AutoScalingConfigurationArn")) && ObjectBinder.MembersOf(scaling)?.FirstOrDefault(member => Is(member, "AutoScalingConfigurationArn")).Value is { } arn)
                wanted.Add(new KeyValuePair<string, object?>("AutoScalingConfigurationArn", arn));
            input = wanted;
        }

        return (ServiceDefinition?)new ObjectBinder(problems).Bind(input, typeof(ServiceDefinition), string.Empty) ?? new ServiceDefinition();
    }

    /// <summary>Reads a change from what came down the pipeline: a hashtable or row with settings beside the service's name or ARN.</summary>
    /// <param name="input">What names the service.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    /// <returns>The definition; an empty one where the object only names the service.</returns>
    public static ServiceDefinition FromChange(object? input, ICollection<Problem> problems)
    {
        if (((input as PSObject)?.BaseObject ?? input) is UpdateServiceRequest request)
            return From(request);
        if (input is null || ObjectBinder.MembersOf(input)?.ToArray() is not { } members || members.Any(member => Is(member, "Status")))
            return new ServiceDefinition();
        var settings = members.Where(member => !Identity.Any(name => Is(member, name))).ToList();
        var definition = From(settings, problems);
        if (definition.Tag is not null)
            problems.Add(new Problem("Tag", "is not part of UpdateService."));
        if (definition.EncryptionConfiguration is not null)
            problems.Add(new Problem("EncryptionConfiguration", "is set when a service is created and cannot be changed."));
        return definition;
    }

    /// <summary>Takes over the parameters that were given on the command line; they win over what is here.</summary>
    /// <param name="command">The cmdlet, with properties named as the members here.</param>
    /// <param name="given">The names that were given.</param>
    /// <param name="problems">Gets what was wrong with them.</param>
    public void Overlay(PSCmdlet command, ICollection<string> given, List<Problem> problems)
    {
        foreach (var member in Members.Where(member => member.CanWrite && given.Contains(member.Name)))
        {
            var value = command.GetType().GetProperty(member.Name)!.GetValue(command);
            problems.AddRange(BindingProblems.Of(value, member.Name));
            member.SetValue(this, new ObjectBinder(problems).Bind(value, member.PropertyType, member.Name, member));
        }
    }

    /// <summary>The request for a new service.</summary>
    /// <param name="problems">Gets what does not fit together.</param>
    /// <returns>The request.</returns>
    public CreateServiceRequest ToCreateRequest(List<Problem> problems)
    {
        var source = WireJson.Clone(SourceConfiguration);
        if (TouchesSource)
            ApplySource(source ??= new SourceConfiguration(), problems);
        return new CreateServiceRequest
        {
            ServiceName = ServiceName,
            SourceConfiguration = source,
            InstanceConfiguration = Instance(null),
            Tags = Tag,
            EncryptionConfiguration = EncryptionConfiguration,
            HealthCheckConfiguration = HealthCheckConfiguration,
            AutoScalingConfigurationArn = AutoScalingConfigurationArn,
            NetworkConfiguration = NetworkConfiguration,
            ObservabilityConfiguration = ObservabilityConfiguration,
        };
    }

    /// <summary>The request for a change: only what is given, but InstanceConfiguration and HealthCheckConfiguration whole, and short members of the source laid over today's source.</summary>
    /// <param name="today">The service as it is; null where nothing of it is needed.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="problems">Gets what does not fit together.</param>
    /// <returns>The request.</returns>
    public UpdateServiceRequest ToUpdateRequest(Service? today, string serviceArn, List<Problem> problems)
    {
        var source = WireJson.Clone(SourceConfiguration);
        if (TouchesSource)
            ApplySource(source ??= WireJson.Clone(today?.SourceConfiguration) ?? new SourceConfiguration(), problems);
        return new UpdateServiceRequest
        {
            ServiceArn = serviceArn,
            SourceConfiguration = source,
            InstanceConfiguration = Instance(today?.InstanceConfiguration),
            HealthCheckConfiguration = HealthCheckConfiguration is null ? null : Merge(today?.HealthCheckConfiguration, HealthCheckConfiguration),
            AutoScalingConfigurationArn = AutoScalingConfigurationArn,
            NetworkConfiguration = NetworkConfiguration,
            ObservabilityConfiguration = ObservabilityConfiguration,
        };
    }

    private static bool Is(KeyValuePair<string, object?> member, string name) => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase);

    private static ServiceDefinition From(CreateServiceRequest request) => new()
    {
        ServiceName = request.ServiceName,
        SourceConfiguration = request.SourceConfiguration,
        InstanceConfiguration = request.InstanceConfiguration,
        Tag = request.Tags,
        EncryptionConfiguration = request.EncryptionConfiguration,
        HealthCheckConfiguration = request.HealthCheckConfiguration,
        AutoScalingConfigurationArn = request.AutoScalingConfigurationArn,
        NetworkConfiguration = request.NetworkConfiguration,
        ObservabilityConfiguration = request.ObservabilityConfiguration,
    };

    private static ServiceDefinition From(UpdateServiceRequest request) => new()
    {
        SourceConfiguration = request.SourceConfiguration,
        InstanceConfiguration = request.InstanceConfiguration,
        HealthCheckConfiguration = request.HealthCheckConfiguration,
        AutoScalingConfigurationArn = request.AutoScalingConfigurationArn,
        NetworkConfiguration = request.NetworkConfiguration,
        ObservabilityConfiguration = request.ObservabilityConfiguration,
    };

    private static ServiceDefinition From(Service service) => new()
    {
        ServiceName = service.ServiceName,
        SourceConfiguration = service.SourceConfiguration,
        InstanceConfiguration = service.InstanceConfiguration,
        EncryptionConfiguration = service.EncryptionConfiguration,
        HealthCheckConfiguration = service.HealthCheckConfiguration,
        AutoScalingConfigurationArn = service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn,
        NetworkConfiguration = service.NetworkConfiguration,
        ObservabilityConfiguration = service.ObservabilityConfiguration,
    };

    // The members of the one, where the other has none of its own.
    private static T Merge<T>(T? below, T above)
        where T : class, new()
    {
        var merged = WireJson.Clone(below) ?? new T();
        foreach (var member in RequestRules.WireMembers(typeof(T)))
        {
            if (member.GetValue(above) is { } value)
                member.SetValue(merged, value);
        }

        return merged;
    }

    private InstanceConfiguration? Instance(InstanceConfiguration? today)
    {
        if (!TouchesInstance)
            return null;
        var given = WireJson.Clone(InstanceConfiguration) ?? new InstanceConfiguration();
        given.Cpu = Cpu ?? given.Cpu;
        given.Memory = Memory ?? given.Memory;
        given.InstanceRoleArn = InstanceRoleArn ?? given.InstanceRoleArn;
        return Merge(today, given);
    }

    private void ApplySource(SourceConfiguration source, List<Problem> problems)
    {
        if (ImageIdentifier is not null)
        {
            var image = source.ImageRepository ??= new ImageRepository();
            image.ImageIdentifier = ImageIdentifier;

            // Of an image that is in no ECR, one problem is enough: not that it lacks a role, too.
            image.ImageRepositoryType = ImageRepository.TypeOf(ImageIdentifier) ?? image.ImageRepositoryType ?? ImageRepositoryType.EcrPublic;
        }

        if ((RepositoryUrl ?? Branch ?? SourceDirectory ?? ConfigurationSource) is not null || TouchesCodeValues)
            ApplyCode(source.CodeRepository ??= new CodeRepository());
        if ((AccessRoleArn ?? ConnectionArn) is not null)
        {
            var authentication = source.AuthenticationConfiguration ??= new AuthenticationConfiguration();
            authentication.AccessRoleArn = AccessRoleArn ?? authentication.AccessRoleArn;
            authentication.ConnectionArn = ConnectionArn ?? authentication.ConnectionArn;
        }

        source.AutoDeploymentsEnabled = AutoDeploymentsEnabled ?? source.AutoDeploymentsEnabled;
        ApplyRunSettings(source, problems);
    }

    private void ApplyCode(CodeRepository code)
    {
        code.RepositoryUrl = RepositoryUrl ?? code.RepositoryUrl;
        code.SourceDirectory = SourceDirectory ?? code.SourceDirectory;
        if (Branch is not null || code.SourceCodeVersion is null)
            code.SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = Branch ?? Defaults.Text<SourceCodeVersion>(nameof(SourceCodeVersion.Value)) };
        var configuration = code.CodeConfiguration ??= new CodeConfiguration();

        // Whoever names a runtime means the API's settings; whoever names none has an apprunner.yaml.
        configuration.ConfigurationSource = ConfigurationSource ?? (TouchesCodeValues ? Model.ConfigurationSource.Api : configuration.ConfigurationSource ?? Model.ConfigurationSource.Repository);
        if (!TouchesCodeValues)
            return;
        var values = configuration.CodeConfigurationValues ??= new CodeConfigurationValues();
        values.Runtime = Runtime ?? values.Runtime;
        values.BuildCommand = BuildCommand ?? values.BuildCommand;
    }

    private void ApplyRunSettings(SourceConfiguration source, List<Problem> problems)
    {
        if (Port is null && StartCommand is null && EnvironmentVariable is null && EnvironmentSecret is null)
            return;
        if (source.ImageRepository is { } image)
        {
            var run = image.ImageConfiguration ??= new ImageConfiguration();
            run.Port = Port ?? run.Port;
            run.StartCommand = StartCommand ?? run.StartCommand;
            run.RuntimeEnvironmentVariables = EnvironmentVariable ?? run.RuntimeEnvironmentVariables;
            run.RuntimeEnvironmentSecrets = EnvironmentSecret ?? run.RuntimeEnvironmentSecrets;
        }
        else if (source.CodeRepository?.CodeConfiguration is { ConfigurationSource: Model.ConfigurationSource.Repository })
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret come from apprunner.yaml with ConfigurationSource REPOSITORY; give -Runtime (ConfigurationSource API) to set them here."));
        }
        else if (source.CodeRepository is { } code)
        {
            var run = (code.CodeConfiguration ??= new CodeConfiguration { ConfigurationSource = Model.ConfigurationSource.Api }).CodeConfigurationValues ??= new CodeConfigurationValues();
            run.Port = Port ?? run.Port;
            run.StartCommand = StartCommand ?? run.StartCommand;
            run.RuntimeEnvironmentVariables = EnvironmentVariable ?? run.RuntimeEnvironmentVariables;
            run.RuntimeEnvironmentSecrets = EnvironmentSecret ?? run.RuntimeEnvironmentSecrets;
        }
        else
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret need a source: give ImageIdentifier or RepositoryUrl."));
        }
    }
}
