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
/// What people write to describe a service: the members of CreateService, and the short ones that stand for members deep inside.
/// The parameters of New- and Update-ARService, hashtables, JSON files and CSV rows all end here, so they all mean the same.
/// </summary>
internal sealed class ServiceDefinition
{
    private static readonly string[] RelativePaths = [".", ".."];

    // What names a service in an object that describes a change of it.
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

    /// <summary>Whether the repository is named by a relative path, which only App Runner on this computer can follow.</summary>
    public bool HasRelativePath => IsRelativePath(RepositoryUrl ?? SourceConfiguration?.CodeRepository?.RepositoryUrl);

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
                return request.CopyTo(new ServiceDefinition());
            case Service service:
                return service.CopyTo(new ServiceDefinition { AutoScalingConfigurationArn = service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn });
        }

        // A service that went through JSON: what it answers and cannot be asked for is left behind.
        if (ObjectBinder.MembersOf(input) is { } members && members.ToArray() is var all && all.Any(member => Is(member, "ServiceArn")) && all.Any(member => Is(member, "Status")))
        {
            var scaling = all.FirstOrDefault(member => Is(member, "AutoScalingConfigurationSummary")).Value;
            var wanted = all.Where(member => RequestRules.WireMembers(typeof(ServiceDefinition)).Any(known => Is(member, known.Name))).ToList();
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
            return request.CopyTo(new ServiceDefinition());
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

    /// <summary>The request for a new service, complete. It shares nothing that it changes with what the definition was made of.</summary>
    /// <param name="problems">Gets what does not fit together.</param>
    /// <param name="folder">Where a relative path of a repository begins; null leaves it as it is.</param>
    /// <returns>The request.</returns>
    public CreateServiceRequest ToCreateRequest(List<Problem> problems, string? folder = null)
    {
        var request = this.CopyTo(new CreateServiceRequest());
        request.SourceConfiguration = Source(null, folder, problems);
        request.InstanceConfiguration = Instance(null);
        return request;
    }

    /// <summary>The request for a change, complete: only what is given, but InstanceConfiguration and HealthCheckConfiguration whole, and short members of the source laid over today's source.</summary>
    /// <param name="today">The service as it is; null where nothing of it is needed.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="problems">Gets what does not fit together.</param>
    /// <param name="folder">Where a relative path of a repository begins; null leaves it as it is.</param>
    /// <returns>The request.</returns>
    public UpdateServiceRequest ToUpdateRequest(Service? today, string serviceArn, List<Problem> problems, string? folder)
    {
        var request = this.CopyTo(new UpdateServiceRequest { ServiceArn = serviceArn });
        request.SourceConfiguration = Source(today?.SourceConfiguration, folder, problems);
        request.InstanceConfiguration = Instance(today?.InstanceConfiguration);
        request.HealthCheckConfiguration = HealthCheckConfiguration is null ? null : Merge(today?.HealthCheckConfiguration, HealthCheckConfiguration);
        return request;
    }

    private static bool Is(KeyValuePair<string, object?> member, string name) => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase);

    // The members of the one, where the other has none of its own.
    private static T Merge<T>(T? below, T above)
        where T : class, new() => above.CopyTo(WireJson.Clone(below) ?? new T());

    // Nothing but a path begins with a dot; a bare name could be meant for something else.
    private static bool IsRelativePath(string? url) =>
        url is not null && RelativePaths.Any(beginning => url == beginning || (url.StartsWith(beginning, StringComparison.Ordinal) && url[beginning.Length] is '/' or '\\'));

    private InstanceConfiguration? Instance(InstanceConfiguration? today) =>
        TouchesInstance ? Merge(today, this.CopyTo(WireJson.Clone(InstanceConfiguration) ?? new InstanceConfiguration())) : null;

    private SourceConfiguration? Source(SourceConfiguration? today, string? folder, List<Problem> problems)
    {
        var source = WireJson.Clone(SourceConfiguration);
        if (TouchesSource)
            ApplySource(source ??= WireJson.Clone(today) ?? new SourceConfiguration(), problems);
        if (folder is not null && source?.CodeRepository is { } code && IsRelativePath(code.RepositoryUrl))
            code.RepositoryUrl = Path.GetFullPath(Path.Combine(folder, code.RepositoryUrl!));
        return source;
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
            this.CopyTo(source.AuthenticationConfiguration ??= new AuthenticationConfiguration());
        source.AutoDeploymentsEnabled = AutoDeploymentsEnabled ?? source.AutoDeploymentsEnabled;
        ApplyRunSettings(source, problems);
    }

    private void ApplyCode(CodeRepository code)
    {
        this.CopyTo(code);
        if (Branch is not null || code.SourceCodeVersion is null)
            code.SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = Branch ?? Defaults.Text<SourceCodeVersion>(nameof(SourceCodeVersion.Value)) };
        var configuration = code.CodeConfiguration ??= new CodeConfiguration();

        // Default: API if Runtime or BuildCommand is given, else REPOSITORY.
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
            this.CopyTo(image.ImageConfiguration ??= new ImageConfiguration());
        }
        else if (source.CodeRepository?.CodeConfiguration is { ConfigurationSource: Model.ConfigurationSource.Repository })
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret come from apprunner.yaml with ConfigurationSource REPOSITORY; give -Runtime (ConfigurationSource API) to set them here."));
        }
        else if (source.CodeRepository is { } code)
        {
            this.CopyTo((code.CodeConfiguration ??= new CodeConfiguration { ConfigurationSource = Model.ConfigurationSource.Api }).CodeConfigurationValues ??= new CodeConfigurationValues());
        }
        else
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret need a source: give ImageIdentifier or RepositoryUrl."));
        }
    }
}
