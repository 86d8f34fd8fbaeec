using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Binding;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// A service definition: the members of CreateService, and short names for nested members. Parameters of New-ARService and
/// Update-ARService, hashtables, JSON files and CSV rows are all converted to this class, so they all have the same meaning.
/// </summary>
internal sealed partial class ServiceDefinition
{
    private static readonly IReadOnlyDictionary<string, PropertyInfo> Members = MembersByName.Of(typeof(ServiceDefinition));

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
    private static readonly string[] Identity = ["ServiceArn", "ServiceName", "Service", "Name", "Region", "ResourceArn", "OperationId"];

    [Alias("Name")]
    public string? ServiceName { get; set; }

    public SourceConfiguration? SourceConfiguration { get; set; }

    public InstanceConfiguration? InstanceConfiguration { get; set; }

    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    [Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }

    // The content of a shared setting, instead of its ARN
    [ShortFor(nameof(AutoScalingConfigurationArn))]
    public CreateAutoScalingConfigurationRequest? AutoScalingConfiguration { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    [ShortFor(nameof(NetworkConfiguration))]
    public CreateVpcConnectorRequest? VpcConnector { get; set; }

    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    // ImageRepository
    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.ImageRepository))]
    public string? ImageIdentifier { get; set; }

    // AuthenticationConfiguration
    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.ImageRepository))]
    public string? AccessRoleArn { get; set; }

    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    [Arn("apprunner", "connection")]
    public string? ConnectionArn { get; set; }

    // CodeRepository
    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? RepositoryUrl { get; set; }

    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? Branch { get; set; }

    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? SourceDirectory { get; set; }

    [OneOf(typeof(ConfigurationSource))]
    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? ConfigurationSource { get; set; }

    [OneOf(typeof(Runtime))]
    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? Runtime { get; set; }

    [ShortFor(nameof(SourceConfiguration), nameof(SourceConfiguration.CodeRepository))]
    public string? BuildCommand { get; set; }

    // ImageConfiguration or CodeConfigurationValues, depending on the source
    [ShortFor(nameof(SourceConfiguration))]
    public string? StartCommand { get; set; }

    [ShortFor(nameof(SourceConfiguration))]
    public string? Port { get; set; }

    [Alias("RuntimeEnvironmentVariables", "EnvironmentVariables")]
    [ShortFor(nameof(SourceConfiguration))]
    public Dictionary<string, string>? EnvironmentVariable { get; set; }

    [Alias("RuntimeEnvironmentSecrets", "EnvironmentSecrets")]
    [ShortFor(nameof(SourceConfiguration))]
    public Dictionary<string, string>? EnvironmentSecret { get; set; }

    [ShortFor(nameof(SourceConfiguration))]
    public bool? AutoDeploymentsEnabled { get; set; }

    [CpuSize]
    [ShortFor(nameof(InstanceConfiguration))]
    public string? Cpu { get; set; }

    [MemorySize]
    [ShortFor(nameof(InstanceConfiguration))]
    public string? Memory { get; set; }

    [ShortFor(nameof(InstanceConfiguration))]
    public string? InstanceRoleArn { get; set; }

    /// <summary>Changes of single environment variables and secrets; only for an update.</summary>
    internal EnvironmentChanges Environment { get; set; } = new();

    /// <summary>Whether there is a setting of the instances.</summary>
    public bool HasInstanceSettings => InstanceConfiguration is not null || Names(nameof(Cpu), nameof(Memory), nameof(InstanceRoleArn));

    /// <summary>Whether there is a short member for the source.</summary>
    public bool HasSourceSettings => Names(SourceMembers) || !Environment.IsEmpty;

    /// <summary>Whether the repository is a relative path, which only the local endpoint supports.</summary>
    public bool HasRelativePath => IsRelativePath(RepositoryUrl ?? SourceConfiguration?.CodeRepository?.RepositoryUrl);

    private bool HasCodeValues => Names(nameof(Runtime), nameof(BuildCommand));

    /// <summary>The ARN of the service that this definition was taken from; null if it was not taken from a service.</summary>
    internal string? CopyOf { get; private set; }

    /// <summary>Whether <see cref="AutoScalingConfigurationArn"/> is only the default configuration of the region that the service is in.</summary>
    internal bool HasDefaultScaling { get; private set; }

    /// <summary>Reads a definition from the pipeline or a file.</summary>
    /// <param name="input">A request, a service to copy, a hashtable, or an object.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition.</returns>
    public static ServiceDefinition From(object input, ICollection<Problem> problems) => From(input, null, problems, ObjectBinder.IsTextual(input));

    /// <summary>Reads a definition whose members were read before.</summary>
    /// <param name="input">A request, a service to copy, a hashtable, or an object.</param>
    /// <param name="members">Its members; null if they were not read.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition.</returns>
    public static ServiceDefinition From(object input, KeyValuePair<string, object?>[]? members, ICollection<Problem> problems) => From(input, members, problems, ObjectBinder.IsTextual(input));

    private static ServiceDefinition From(object input, KeyValuePair<string, object?>[]? read, ICollection<Problem> problems, bool isFromText)
    {
        switch (InputValue.Unwrap(input))
        {
            case CreateServiceRequest request:
                return Patch.WithoutEmptyTexts(request).CopyTo(new ServiceDefinition());
            case Service service:
                var copy = Patch.WithoutEmptyTexts(service).CopyTo(new ServiceDefinition { CopyOf = service.ServiceArn });
                copy.TakeScaling(service.AutoScalingConfigurationSummary);

                // A script may have added the tags.
                if ((PSObject.AsPSObject(input).Properties["Tags"] ?? PSObject.AsPSObject(input).Properties["Tag"])?.Value is { } tags)
                    copy.Tag = (List<Tag>?)new ObjectBinder(problems).Bind(tags, typeof(List<Tag>), "Tags");
                return copy;
        }

        // A service from JSON: skip the members that CreateService does not have.
        ServiceDefinition? origin = null;
        if ((read ?? ObjectBinder.MembersOf(input)?.ToArray()) is { } all && all.Any(member => Is(member, "ServiceArn")) && all.Any(member => Is(member, "Status")))
        {
            object? Value(IEnumerable<KeyValuePair<string, object?>> from, string name) => InputValue.Unwrap(from.FirstOrDefault(member => Is(member, name)).Value);
            input = all.Where(member => InputValue.Unwrap(member.Value) is not null).Where(member => RequestRules.WireMembers(typeof(ServiceDefinition)).Any(known => Is(member, known.Name)) || Is(member, "Tags")).ToList();
            origin = new ServiceDefinition { CopyOf = Value(all, "ServiceArn") as string };
            if (all.FirstOrDefault(member => Is(member, "AutoScalingConfigurationSummary")).Value is { } summary && ObjectBinder.MembersOf(summary)?.ToArray() is { } scaling)
            {
                origin.TakeScaling(new AutoScalingConfigurationSummary
                {
                    AutoScalingConfigurationArn = Value(scaling, "AutoScalingConfigurationArn") as string,
                    AutoScalingConfigurationName = Value(scaling, "AutoScalingConfigurationName") as string,
                    IsDefault = Value(scaling, "IsDefault") as bool?,
                });
            }
        }

        // Reading the properties of an object again takes as long as everything else. The members do not tell what a class of the caller means by ''.
        else if (read is not null && InputValue.Unwrap(input) is IDictionary or PSCustomObject or JsonMembers)
        {
            input = read;
        }

        var definition = (ServiceDefinition?)new ObjectBinder(problems) { IsFromText = isFromText }.Bind(input, typeof(ServiceDefinition), string.Empty) ?? new ServiceDefinition();
        if (origin is not null)
        {
            definition.CopyOf = origin.CopyOf;
            definition.HasDefaultScaling = definition.AutoScalingConfigurationArn is null && origin.HasDefaultScaling;
            definition.AutoScalingConfigurationArn ??= origin.AutoScalingConfigurationArn;
        }

        return definition;
    }

    /// <summary>Reads a change from the pipeline: a hashtable or row with settings and the service's name or ARN.</summary>
    /// <param name="input">The object that identifies the service.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition; empty if the object only identifies the service.</returns>
    public static ServiceDefinition FromChange(object? input, ICollection<Problem> problems)
    {
        if (InputValue.Unwrap(input) is UpdateServiceRequest request)
            return Patch.WithoutEmptyTexts(request).CopyTo(new ServiceDefinition());
        if (input is null || ObjectBinder.MembersOf(input)?.ToArray() is not { } members || members.Any(member => Is(member, "Status")))
            return new ServiceDefinition();
        var changes = members.Where(member => !Identity.Any(name => Is(member, name))).ToList();
        var environment = EnvironmentChanges.Take(changes, problems);
        var definition = From(changes, null, problems, ObjectBinder.IsTextual(input));
        definition.Environment = environment;
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
        request.NetworkConfiguration = Network(null, problems);
        AttachScaling(request, problems);
        return request;
    }

    /// <summary>Lays settings over this definition, for a new service: each given member replaces the whole one, also its short members.</summary>
    /// <param name="settings">The settings of the command line.</param>
    public void Replace(ServiceDefinition settings)
    {
        foreach (var shortMember in ShortMembers.Where(shortMember => Members[shortMember.Value.Whole].GetValue(settings) is not null))
        {
            shortMember.Key.SetValue(this, null);
            Patch.Forget(this, shortMember.Key.Name);
        }

        settings.CopyTo(this);
    }

    /// <summary>Creates the complete request for a change, with settings that are laid over this definition as an update of their own.</summary>
    /// <param name="current">The current service.</param>
    /// <param name="settings">The settings of the command line.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="folder">The folder for a relative repository path; null to leave the path unchanged.</param>
    /// <returns>The request.</returns>
    public UpdateServiceRequest ToUpdateRequest(Service current, ServiceDefinition settings, string serviceArn, List<Problem> problems, string? folder)
    {
        foreach (var member in RequestRules.WireMembers(typeof(ServiceDefinition)).Where(member => member.GetValue(settings) is not null))
            Patch.Forget(this, member.Name);
        AutoScalingConfiguration = settings.AutoScalingConfigurationArn is null ? AutoScalingConfiguration : null;
        VpcConnector = settings.NetworkConfiguration is null ? VpcConnector : null;
        var below = ToUpdateRequest(current, serviceArn, problems, folder);
        var changed = below.CopyTo(current.CopyTo(new Service()));
        return settings.ToUpdateRequest(changed, serviceArn, problems, folder).CopyTo(below);
    }

    /// <summary>Creates the complete request for a change: only the given members, but InstanceConfiguration, HealthCheckConfiguration and the source are merged with the current ones.</summary>
    /// <param name="current">The current service; null if the change does not need it.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="folder">The folder for a relative repository path; null to leave the path unchanged.</param>
    /// <returns>The request.</returns>
    public UpdateServiceRequest ToUpdateRequest(Service? current, string serviceArn, List<Problem> problems, string? folder)
    {
        problems.AddRange(Patch.ClearedMembers(this).Where(member => !Clearable.Contains(member) && Members[member].GetValue(this) is null)
            .Select(member => new Problem(member, "cannot be cleared: an update leaves unchanged what it does not name. Specify the value that it is to have.")));
        var request = this.CopyTo(new UpdateServiceRequest { ServiceArn = serviceArn });
        request.SourceConfiguration = Source(current?.SourceConfiguration, folder, problems);
        request.InstanceConfiguration = Instance(current?.InstanceConfiguration);
        request.HealthCheckConfiguration = HealthCheckConfiguration is null ? null : Patch.Apply(current?.HealthCheckConfiguration, HealthCheckConfiguration, isPatch: true);
        request.NetworkConfiguration = Network(current?.NetworkConfiguration, problems);
        AttachScaling(request, problems);
        return request;
    }

    /// <summary>Whether a change clears a member that the service has. A comparison does not show that: for it, some absent members are just not managed.</summary>
    /// <param name="current">The service.</param>
    /// <returns>True if there is something to clear.</returns>
    public bool ClearsAny(Service current)
    {
        var source = current.SourceConfiguration;
        object?[] parts = [current.InstanceConfiguration, source, source?.AuthenticationConfiguration, source?.CodeRepository, source?.RunSettings];
        return Patch.ClearsAny(InstanceConfiguration, current.InstanceConfiguration) || Patch.ClearsAny(HealthCheckConfiguration, current.HealthCheckConfiguration) || Patch.ClearsAny(SourceConfiguration, source)
            || parts.Any(part => part is not null && RequestRules.WireMembers(part.GetType()).Any(member =>
                Members.TryGetValue(member.Name, out var shortMember) && shortMember.GetValue(this) is null && Patch.Clears(this, shortMember.Name) && Patch.HasValue(member.GetValue(part))));
    }

    // Whether one of the members has a value or is to be cleared.
    private bool Names(params string[] names)
    {
        var cleared = Patch.MembersClearedBy(this);
        foreach (var name in names)
        {
            if (Members[name].GetValue(this) is not null || (cleared?.Contains(name) == true && Clearable.Contains(name)))
                return true;
        }

        return false;
    }

    private static bool Is(KeyValuePair<string, object?> member, string name) => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase);

    // Only a text that starts with a dot is a relative path; a plain name could be something else.
    private static bool IsRelativePath(string? url) =>
        url is not null && RelativePaths.Any(beginning => url == beginning || (url.StartsWith(beginning, StringComparison.Ordinal) && url[beginning.Length] is '/' or '\\'));

    private void TakeScaling(AutoScalingConfigurationSummary? summary)
    {
        AutoScalingConfigurationArn = summary?.AutoScalingConfigurationArn;
        HasDefaultScaling = summary is not null && (summary.IsDefault ?? summary.AutoScalingConfigurationName == "DefaultConfiguration");
    }

    private void AttachScaling(AppRunnerRequest request, List<Problem> problems)
    {
        if (AutoScalingConfiguration is null)
            return;
        if (AutoScalingConfigurationArn is not null && !HasDefaultScaling)
            problems.Add(new Problem(nameof(AutoScalingConfiguration), "is given beside AutoScalingConfigurationArn. Give the ARN or name, or the content, not both."));
        SharedContent.Attach(request, nameof(AutoScalingConfigurationArn), AutoScalingConfiguration);
    }

    // VpcConnector alone keeps what an update does not name.
    private NetworkConfiguration? Network(NetworkConfiguration? current, List<Problem> problems)
    {
        if (VpcConnector is null)
            return NetworkConfiguration;
        if (NetworkConfiguration?.EgressConfiguration is not null)
            problems.Add(new Problem(nameof(VpcConnector), "is given beside NetworkConfiguration.EgressConfiguration. Give one of them."));
        var network = WireJson.Clone(NetworkConfiguration ?? current) ?? new NetworkConfiguration();
        network.EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Vpc };
        SharedContent.Attach(network.EgressConfiguration, nameof(EgressConfiguration.VpcConnectorArn), VpcConnector);
        return network;
    }

    private InstanceConfiguration? Instance(InstanceConfiguration? current) =>
        HasInstanceSettings ? this.CopyTo(Patch.Apply(current, InstanceConfiguration ?? new InstanceConfiguration(), isPatch: true)) : null;

    private SourceConfiguration? Source(SourceConfiguration? current, string? folder, List<Problem> problems)
    {
        var source = SourceConfiguration is null ? null : Patch.Apply(current, SourceConfiguration);

        // The patch decides the kind of source.
        if (source is not null && SourceConfiguration is { CodeRepository: not null, ImageRepository: null })
            source.ImageRepository = null;
        else if (source is not null && SourceConfiguration is { CodeRepository: null, ImageRepository: not null })
            source.CodeRepository = null;
        if (HasSourceSettings)
            ApplySource(source ??= WireJson.Clone(current) ?? new SourceConfiguration(), current is not null, problems);
        if (folder is not null && source?.CodeRepository is { } code && IsRelativePath(code.RepositoryUrl))
            code.RepositoryUrl = Path.GetFullPath(Path.Combine(folder, code.RepositoryUrl!));
        return source;
    }
}
