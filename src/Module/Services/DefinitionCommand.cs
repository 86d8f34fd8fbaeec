using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The parameters of the cmdlets that take a definition of a service. Their names are members of the definition.</summary>
public abstract class DefinitionCommand : RemoteCommand<string>
{
    private static readonly ResourceIdentityTransformationAttribute Identity = new(nameof(ResourceKind.Service));
    private readonly Dictionary<string, string> fileVariables = new(StringComparer.Ordinal);

    /// <summary>The ARN of the role that App Runner uses to pull a private ECR image (API: AuthenticationConfiguration.AccessRoleArn).</summary>
    [Parameter]
    public string? AccessRoleArn { get; set; }

    /// <summary>The URL of the source code repository, such as <c>https://github.com/owner/name</c>; for the local endpoint also a folder path (API: CodeRepository.RepositoryUrl).</summary>
    [Parameter]
    public string? RepositoryUrl { get; set; }

    /// <summary>The branch. Default: main (API: SourceCodeVersion.Value).</summary>
    [Parameter]
    public string? Branch { get; set; }

    /// <summary>The folder in the repository that holds the application. Default: its root (API: CodeRepository.SourceDirectory).</summary>
    [Parameter]
    public string? SourceDirectory { get; set; }

    /// <summary>The ARN of the App Runner connection to GitHub or Bitbucket (API: AuthenticationConfiguration.ConnectionArn).</summary>
    [Parameter]
    [ResourceArnTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? ConnectionArn { get; set; }

    /// <summary>API (settings from these parameters) or REPOSITORY (settings from apprunner.yaml). Default: API if Runtime or BuildCommand is given, else REPOSITORY (API: ConfigurationSource).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigurationSourceCompleter))]
    public string? ConfigurationSource { get; set; }

    /// <summary>The managed runtime, such as NODEJS_22 (API: CodeConfigurationValues.Runtime).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    /// <summary>The command that builds the application, on one line. Never shown (API: BuildCommand).</summary>
    [Parameter]
    public string? BuildCommand { get; set; }

    /// <summary>What to deploy: a hashtable or the output of New-ARSourceConfig (API: SourceConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(SourceConfiguration))]
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>Whether a push to the source starts a deployment. Default: true, but false for ECR Public and another account's ECR (API: SourceConfiguration.AutoDeploymentsEnabled).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BooleanCompleter))]
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

    /// <summary>Files with environment variables, in the format of dotenv: one NAME=value per line. Later files override earlier ones, and EnvironmentVariable overrides the files. On an update they replace the whole map.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? EnvironmentFile { get; set; }

    /// <summary>Environment variables whose values are ARNs of Secrets Manager secrets or SSM parameters, as a hashtable. Never shown (API: RuntimeEnvironmentSecrets).</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("RuntimeEnvironmentSecrets")]
    public Dictionary<string, string>? EnvironmentSecret { get; set; }

    /// <summary>CPU of one instance: 0.25, 0.5, 1, 2 or 4 vCPU, or 256 to 4096 units. Default: 1 vCPU (API: InstanceConfiguration.Cpu).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CpuCompleter))]
    [NumberTransformation(IsDecimal = true)]
    public string? Cpu { get; set; }

    /// <summary>Memory of one instance: 0.5, 1, 2, 3, 4, 6, 8, 10 or 12 GB, or 512 to 12288 MB; what is valid depends on Cpu. Default: 2 GB (API: InstanceConfiguration.Memory).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MemoryCompleter))]
    [NumberTransformation(IsDecimal = true)]
    public string? Memory { get; set; }

    /// <summary>The ARN of the role for the application's own AWS calls (API: InstanceConfiguration.InstanceRoleArn).</summary>
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
    [ResourceArnTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Copies the parameters on the command line to a definition, which already has the values from the pipeline.</summary>
    private protected ParameterBinder Parameters { get; private set; } = null!;

    /// <summary>Reads definitions of files and objects.</summary>
    private protected DefinitionReader Definitions { get; private set; } = null!;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Parameters = new ParameterBinder(this, Input.IsGiven);
        Definitions = new DefinitionReader(this, Errors);
        ReadEnvironmentFiles();
    }

    /// <summary>The identity of a service in an object, a JSON member or a string.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The identity.</returns>
    private protected static ResourceIdentity IdentityOf(object value) => ((ResourceIdentity[])Identity.Transform(null!, value)!)[0];

    /// <summary>Reads a definition. A listed service is described, because a list does not have all members.</summary>
    /// <param name="input">The input.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The definition.</returns>
    private protected ServiceDefinition ReadDefinition(DefinitionInput input, List<Problem> problems)
    {
        var definition = input.IsListed ? ServiceDefinition.From(Work.Await(() => DescribeAsync(IdentityOf(input.Value!))), problems) : input.ToDefinition(problems);

        // An input that is not a definition has no members: do not report each missing one.
        if (input.Value is null || problems.Any(problem => problem.Path.Length == 0))
            Errors.ReportProblems(input.At(problems), input.Describe("The definition"));
        return definition;
    }

    /// <summary>The parameters of the command line, which are laid over a definition.</summary>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The settings.</returns>
    private protected ServiceDefinition ReadParameters(List<Problem> problems)
    {
        var settings = new ServiceDefinition();
        Parameters.BindCommandLine(settings, problems);
        if (EnvironmentFile is null)
            return settings;
        var variables = new Dictionary<string, string>(fileVariables, StringComparer.Ordinal);
        foreach (var pair in settings.EnvironmentVariable ?? [])
            variables[pair.Key] = pair.Value;
        settings.EnvironmentVariable = variables;
        return settings;
    }

    /// <summary>Lays the parameters of the command line over a definition, for a new service.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="problems">Receives the problems.</param>
    private protected void Replace(ServiceDefinition definition, List<Problem> problems)
    {
        if (EnvironmentFile is not null || Parameters.IsAnyOnCommandLine(typeof(ServiceDefinition)))
            definition.Replace(ReadParameters(problems));
    }

    /// <summary>Reads what a definition wants.</summary>
    /// <param name="input">The definition.</param>
    /// <param name="target">The service that is meant, if the definition need not name it.</param>
    /// <returns>The definition with the parameters of the command line laid over it, checked.</returns>
    private protected DesiredService ReadDesired(DefinitionInput input, ResourceIdentity? target = null)
    {
        var problems = new List<Problem>();
        var definition = ReadDefinition(input, problems);
        if (target is not null)
            definition.ServiceName = target.Name ?? (Arn.TryParse(target.Arn, out var named) ? named.Name : definition.ServiceName);
        var tags = definition.Tag;
        definition.Tag = null;
        Replace(definition, problems);
        definition.Tag = Combine(tags, definition.Tag);
        var request = definition.ToCreateRequest(problems, definition.HasRelativePath ? LocalFolderOrNull() : null);
        var subject = input.Describe($"The definition of service \"{request.ServiceName}\"");
        problems.AddRange(Check(request));
        var forCreation = problems.Where(problem => request.SourceConfiguration is null && problem.Path == nameof(request.SourceConfiguration)).ToArray();
        Errors.Target = input.TargetOf(request.ServiceName);
        Errors.ReportProblems(input.At(problems.Except(forCreation).ToArray()), subject);
        return new DesiredService(request, subject, input.At)
        {
            CreationProblems = input.At(forCreation),
            CopyOf = Arn.TryParseService(definition.CopyOf, out var original) ? original : null,
            HasDefaultScaling = definition.HasDefaultScaling,
        };
    }

    /// <summary>Checks a request for a new service, with the content of its shared settings.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The problems.</returns>
    private protected static IEnumerable<Problem> Check(CreateServiceRequest request) => RequestRules.Check(request, allowNames: true)
        .Select(problem => problem.Path == nameof(request.SourceConfiguration) && request.SourceConfiguration is null
            ? new Problem(problem.Path, "is required: give ImageIdentifier, RepositoryUrl or SourceConfiguration.")
            : problem)
        .Concat(SharedContent.Check(request));

    /// <summary>The tags of a definition with those of the command line.</summary>
    /// <param name="definitionTags">The tags of the definition; may be null.</param>
    /// <param name="parameterTags">The tags of the command line, which take precedence; may be null.</param>
    /// <returns>All tags; null if neither has tags.</returns>
    private protected static List<Tag>? Combine(List<Tag>? definitionTags, List<Tag>? parameterTags)
    {
        if (definitionTags is null || parameterTags is null)
            return parameterTags ?? definitionTags;
        return definitionTags.Where(tag => parameterTags.All(other => other.Key != tag.Key)).Concat(parameterTags).ToList();
    }

    /// <summary>
    /// The folder for a relative repository path. The request must be complete before it is checked, and only the connection shows whether it
    /// goes to this computer. A connection error is reported after the problems of the definition, as for all definitions.
    /// </summary>
    /// <returns>The session's current folder; null on AWS.</returns>
    private protected string? LocalFolderOrNull()
    {
        try
        {
            return FolderFor(Work.Await(() => Connections.ConnectAsync(Region)));
        }
        catch (AppRunnerException)
        {
            return null;
        }
    }

    /// <summary>The tags of the service that a definition was taken from. It may be gone, for example if it was kept in a file.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The tags; null if they cannot be read, with a warning.</returns>
    private protected async Task<List<Tag>?> ReadCopiedTagsAsync(Arn service)
    {
        try
        {
            return await ReadTagsAsync(await Connections.ConnectAsync(service.Region).ConfigureAwait(false), service.Text).ConfigureAwait(false);
        }
        catch (AppRunnerServiceException unreadable)
        {
            await Work.PostAsync(() => WriteWarning($"The tags of {service.Text} cannot be read and are not copied: {unreadable.Message}")).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>The tags of a service, without those of AWS, which cannot be set.</summary>
    /// <param name="connection">The connection to its region.</param>
    /// <param name="serviceArn">Its ARN.</param>
    /// <returns>The tags.</returns>
    private protected async Task<List<Tag>> ReadTagsAsync(IAppRunnerConnection connection, string serviceArn)
    {
        var tags = await connection.ReadTagsAsync(serviceArn, Stopped).ConfigureAwait(false);
        return tags.Where(tag => !tag.IsReserved).ToList();
    }

    private void ReadEnvironmentFiles()
    {
        var problems = new List<Problem>();
        foreach (var file in (EnvironmentFile ?? []).SelectMany(path => DefinitionFiles.ResolveLiterally(this, path, nameof(EnvironmentFile))))
        {
            // With a line break at its end the text is a file for the reader, not a cell of a CSV file.
            var (entries, wrong) = DotenvReader.Read(DefinitionFiles.Read(file, File.ReadAllText, nameof(EnvironmentFile)) + "\n");
            foreach (var entry in entries)
                fileVariables[entry.Name] = entry.Value;
            problems.AddRange(wrong.Select(problem => new Problem($"{file}({problem.Line})", (problem.Name ?? "The line") + " " + problem.Message)));
        }

        Errors.ReportProblems(problems, "EnvironmentFile");
    }

    private async Task<Service> DescribeAsync(ResourceIdentity listed)
    {
        var found = await Resolver.ResolveAsync(listed, ResourceKind.Service, Region).ConfigureAwait(false);
        return await found.Connection.DescribeAsync(found.Arn, Stopped).ConfigureAwait(false);
    }

    /// <summary>The folder for a relative repository path on the local endpoint, which does not know the session's current folder. On AWS paths are not supported, and App Runner returns an error.</summary>
    /// <param name="connection">The connection that the request is sent with.</param>
    /// <returns>The session's current folder; null on AWS.</returns>
    private protected string? FolderFor(IAppRunnerConnection connection) =>
        connection.Endpoint.IsLoopback ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : null;
}
