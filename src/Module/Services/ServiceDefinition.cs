using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>
/// A service definition: the members of CreateService, and short names for nested members. Parameters of New-ARService and
/// Update-ARService, hashtables, JSON files and CSV rows are all converted to this class, so they all have the same meaning.
/// </summary>
internal sealed partial class ServiceDefinition
{
    private static readonly string[] RelativePaths = [".", ".."];

    private static readonly string[] RunSettings = [nameof(Port), nameof(StartCommand), nameof(EnvironmentVariable), nameof(EnvironmentSecret)];

    private static readonly string[] SourceMembers =
    [
        nameof(ImageIdentifier), nameof(AccessRoleArn), nameof(ConnectionArn), nameof(RepositoryUrl), nameof(Branch), nameof(SourceDirectory), nameof(ConfigurationSource), nameof(Runtime), nameof(BuildCommand),
        nameof(AutoDeploymentsEnabled), .. RunSettings,
    ];

    // Members that an update can leave out of what it sends, which clears them. What it does not name at the top level stays as it is.
    private static readonly string[] Clearable =
    [
        nameof(AccessRoleArn), nameof(ConnectionArn), nameof(SourceDirectory), nameof(BuildCommand), nameof(AutoDeploymentsEnabled), nameof(Cpu), nameof(Memory), nameof(InstanceRoleArn), .. RunSettings,
    ];

    // Members that identify the service in an object with changes.
    private static readonly string[] Identity = ["ServiceArn", "ServiceName", "Name", "Region", "ResourceArn", "OperationId"];

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

    // ImageConfiguration or CodeConfigurationValues, depending on the source
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

    /// <summary>Whether there is a setting of the instances.</summary>
    public bool HasInstanceSettings => InstanceConfiguration is not null || Names(nameof(Cpu), nameof(Memory), nameof(InstanceRoleArn));

    /// <summary>Whether there is a short member for the source.</summary>
    public bool HasSourceSettings => Names(SourceMembers);

    /// <summary>Whether an update needs the current service: it changes only a part of a structure.</summary>
    public bool NeedsCurrent => HasInstanceSettings || HealthCheckConfiguration is not null || (SourceConfiguration is null ? HasSourceSettings : Patch.Is(SourceConfiguration));

    /// <summary>Whether the repository is a relative path, which only the local endpoint supports.</summary>
    public bool HasRelativePath => IsRelativePath(RepositoryUrl ?? SourceConfiguration?.CodeRepository?.RepositoryUrl);

    private bool HasCodeValues => Names(nameof(Runtime), nameof(BuildCommand));

    /// <summary>Reads a definition from the pipeline or a file.</summary>
    /// <param name="input">A request, a service to copy, a hashtable, or an object.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition.</returns>
    public static ServiceDefinition From(object input, ICollection<Problem> problems)
    {
        switch ((input as PSObject)?.BaseObject ?? input)
        {
            case CreateServiceRequest request:
                return Patch.WithoutEmptyTexts(request).CopyTo(new ServiceDefinition());
            case Service service:
                return Patch.WithoutEmptyTexts(service).CopyTo(new ServiceDefinition { AutoScalingConfigurationArn = service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn });
        }

        // A service from JSON: skip the members that CreateService does not have.
        if (ObjectBinder.MembersOf(input) is { } members && members.ToArray() is var all && all.Any(member => Is(member, "ServiceArn")) && all.Any(member => Is(member, "Status")))
        {
            var scaling = all.FirstOrDefault(member => Is(member, "AutoScalingConfigurationSummary")).Value;
            var settings = all.Where(member => RequestRules.WireMembers(typeof(ServiceDefinition)).Any(known => Is(member, known.Name))).ToList();
            if (scaling is not null && !settings.Exists(member => Is(member, "AutoScalingConfigurationArn")) && ObjectBinder.MembersOf(scaling)?.FirstOrDefault(member => Is(member, "AutoScalingConfigurationArn")).Value is { } arn)
                settings.Add(new KeyValuePair<string, object?>("AutoScalingConfigurationArn", arn));
            input = settings;
        }

        return (ServiceDefinition?)new ObjectBinder(problems).Bind(input, typeof(ServiceDefinition), string.Empty) ?? new ServiceDefinition();
    }

    /// <summary>Reads a change from the pipeline: a hashtable or row with settings and the service's name or ARN.</summary>
    /// <param name="input">The object that identifies the service.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition; empty if the object only identifies the service.</returns>
    public static ServiceDefinition FromChange(object? input, ICollection<Problem> problems)
    {
        if (((input as PSObject)?.BaseObject ?? input) is UpdateServiceRequest request)
            return Patch.WithoutEmptyTexts(request).CopyTo(new ServiceDefinition());
        if (input is null || ObjectBinder.MembersOf(input)?.ToArray() is not { } members || members.Any(member => Is(member, "Status")))
            return new ServiceDefinition();
        var changes = members.Where(member => !Identity.Any(name => Is(member, name))).ToList();
        var definition = From(changes, problems);
        if (definition.Tag is not null)
            problems.Add(new Problem("Tag", "is not a member of UpdateService; use Add-ARResourceTag."));
        if (definition.EncryptionConfiguration is not null)
            problems.Add(new Problem("EncryptionConfiguration", "is set when a service is created and cannot be changed."));
        return definition;
    }

    /// <summary>Creates the complete request for a new service. Does not change the objects of the input.</summary>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="folder">The folder for a relative repository path; null to leave the path unchanged.</param>
    /// <returns>The request.</returns>
    public CreateServiceRequest ToCreateRequest(List<Problem> problems, string? folder = null)
    {
        // A new service has nothing to clear.
        Patch.Forget(this);
        var request = this.CopyTo(new CreateServiceRequest());
        request.SourceConfiguration = Source(null, folder, problems);
        request.InstanceConfiguration = Instance(null);
        return request;
    }

    /// <summary>Creates the complete request for a change: only the given members, but InstanceConfiguration, HealthCheckConfiguration and the source are merged with the current ones.</summary>
    /// <param name="current">The current service; null if the change does not need it.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="folder">The folder for a relative repository path; null to leave the path unchanged.</param>
    /// <returns>The request.</returns>
    public UpdateServiceRequest ToUpdateRequest(Service? current, string serviceArn, List<Problem> problems, string? folder)
    {
        problems.AddRange(Patch.ClearedMembers(this).Where(member => !Clearable.Contains(member) && MembersByName.Of(typeof(ServiceDefinition))[member].GetValue(this) is null)
            .Select(member => new Problem(member, "cannot be cleared: an update leaves unchanged what it does not name. Specify the value that it is to have.")));
        var request = this.CopyTo(new UpdateServiceRequest { ServiceArn = serviceArn });
        request.SourceConfiguration = Source(current?.SourceConfiguration, folder, problems);
        request.InstanceConfiguration = Instance(current?.InstanceConfiguration);
        request.HealthCheckConfiguration = HealthCheckConfiguration is null ? null : Patch.Apply(current?.HealthCheckConfiguration, HealthCheckConfiguration, isPatch: true);
        return request;
    }

    // Whether one of the members has a value or is to be cleared.
    private bool Names(params string[] names) => names.Any(name => MembersByName.Of(typeof(ServiceDefinition))[name].GetValue(this) is not null || (Clearable.Contains(name) && Patch.Clears(this, name)));

    private static bool Is(KeyValuePair<string, object?> member, string name) => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase);

    // Only a text that starts with a dot is a relative path; a plain name could be something else.
    private static bool IsRelativePath(string? url) =>
        url is not null && RelativePaths.Any(beginning => url == beginning || (url.StartsWith(beginning, StringComparison.Ordinal) && url[beginning.Length] is '/' or '\\'));

    private InstanceConfiguration? Instance(InstanceConfiguration? current) =>
        HasInstanceSettings ? this.CopyTo(Patch.Apply(current, InstanceConfiguration ?? new InstanceConfiguration(), isPatch: true)) : null;

    private SourceConfiguration? Source(SourceConfiguration? current, string? folder, List<Problem> problems)
    {
        var source = SourceConfiguration is null ? null : Patch.Apply(current, SourceConfiguration);

        // The kind of source that a patch names is the one that is meant.
        if (source is not null && SourceConfiguration is { CodeRepository: not null, ImageRepository: null })
            source.ImageRepository = null;
        else if (source is not null && SourceConfiguration is { CodeRepository: null, ImageRepository: not null })
            source.CodeRepository = null;
        if (HasSourceSettings)
            ApplySource(source ??= WireJson.Clone(current) ?? new SourceConfiguration(), problems);
        if (folder is not null && source?.CodeRepository is { } code && IsRelativePath(code.RepositoryUrl))
            code.RepositoryUrl = Path.GetFullPath(Path.Combine(folder, code.RepositoryUrl!));
        return source;
    }
}
