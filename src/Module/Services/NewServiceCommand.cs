using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Creates services (API: CreateService): from parameters, from definitions of the pipeline (hashtables, requests, objects, JSON text, services
/// to copy, names), or from JSON files. Parameters are laid over definitions and files.
/// </summary>
[Cmdlet(VerbsCommon.New, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ParametersSet)]
[OutputType(typeof(Service))]
public sealed class NewServiceCommand : ServiceSettingsCommand
{
    private const string ParametersSet = "Parameters";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The name: 4 to 40 letters, digits, - or _, unique in the account and region (API: ServiceName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParametersSet)]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [Alias("Name")]
    public string? ServiceName { get; set; }

    /// <summary>The image with tag or digest, in ECR or ECR Public; the type of repository is inferred from it (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter(Position = 1)]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

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

    /// <summary>Complete definitions: hashtables, objects from JSON or CSV, JSON text, CreateServiceRequests, services to copy, source configurations, files, or names. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>JSON files: definitions in the layout of <c>aws apprunner create-service --cli-input-json</c>, output of the AWS CLI, or source configurations; wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, but wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Tags, as a hashtable; at most 50 (API: Tags). Added to the tags of a definition; these take precedence.</summary>
    [Parameter]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <summary>The key for the copy of the source and the logs: a hashtable or the output of New-AREncryptionConfig. It cannot be changed later (API: EncryptionConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(EncryptionConfiguration))]
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <inheritdoc/>
    private protected override string[] TerminatingErrors => [.. base.TerminatingErrors, ErrorIds.NoRegion];

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ParametersSet)
            Create(new DefinitionInput { Value = new Hashtable() });
        else
            Definitions.Read(Path, LiteralPath, InputObject, Create);
    }

    private void Create(DefinitionInput input)
    {
        var problems = new List<Problem>();
        var definition = ReadDefinition(input, problems);
        if (definition.HasDefaultScaling)
            definition.AutoScalingConfigurationArn = null;
        var tags = definition.Tag ?? (definition.CopyOf is { } original ? TagsOf(original) : null);
        definition.Tag = null;
        definition.Replace(ReadParameters(problems));
        definition.Tag = Combine(tags, definition.Tag);
        var request = definition.ToCreateRequest(problems, definition.HasRelativePath ? LocalFolderOrNull() : null);
        var subject = input.Describe($"The definition of service \"{request.ServiceName}\"");
        Errors.Target = ParameterSetName == ParametersSet ? ServiceName : input.TargetOf(request.ServiceName);
        problems.AddRange(RequestRules.Check(request, allowNames: true).Select(problem => problem.Path == nameof(request.SourceConfiguration) && request.SourceConfiguration is null
            ? new Problem(problem.Path, "is required: give ImageIdentifier, RepositoryUrl or SourceConfiguration.")
            : problem));
        Errors.ReportProblems(input.At(problems), subject);

        var connection = Work.Await(() => Connections.ConnectAsync(Region));
        request = Work.Await(() => ResourceReferences.ResolveAsync(request, subject, input.At, Resolver, connection));
        if (Arn.TryParseService(definition.CopyOf, out var copied))
            request = Work.Await(() => ResourceReferences.CheckAccountAsync(request, copied, subject, input.At, Resolver, connection));
        Operations.Send(request, OperationType.CreateService, $"{request.ServiceName} ({connection.Region})", "Create", connection);
    }

    // A service does not have its tags itself. It may be gone, for example if it was kept in a file.
    private List<Tag>? TagsOf(string serviceArn)
    {
        if (!Arn.TryParseService(serviceArn, out var arn))
            return null;
        try
        {
            return Work.Await(async () => await ReadTagsAsync(await Connections.ConnectAsync(arn.Region).ConfigureAwait(false), serviceArn).ConfigureAwait(false));
        }
        catch (AppRunnerServiceException unreadable)
        {
            WriteWarning($"The tags of {serviceArn} cannot be read and are not copied: {unreadable.Message}");
            return null;
        }
    }

    // The request must be complete before it is checked, and only the connection shows whether it goes to this computer. A connection error
    // is reported after the problems of the definition, as for all definitions.
    private string? LocalFolderOrNull()
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

    private static List<Tag>? Combine(List<Tag>? definitionTags, List<Tag>? parameterTags)
    {
        if (definitionTags is null || parameterTags is null)
            return parameterTags ?? definitionTags;
        return definitionTags.Where(tag => parameterTags.All(other => other.Key != tag.Key)).Concat(parameterTags).ToList();
    }
}
