using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Creates services (API: CreateService): from an image or a code repository by short parameters, from a SourceConfiguration, from
/// definitions from the pipeline (hashtables, requests, JSON or CSV objects, services to copy), or from a JSON file.
/// </summary>
[Cmdlet(VerbsCommon.New, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ImageSet)]
[OutputType(typeof(Service))]
public sealed class NewServiceCommand : ServiceSettingsCommand
{
    private const string ImageSet = "Image";
    private const string CodeSet = "Code";
    private const string SourceSet = "Source";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The name: 4 to 40 letters, digits, - or _, unique in the account and region (API: ServiceName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ImageSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CodeSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSet)]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [Alias("Name")]
    public string? ServiceName { get; set; }

    /// <summary>The image with tag or digest, in ECR or ECR Public; the type of repository is inferred from it (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ImageSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>The ARN of the role that App Runner uses to pull a private ECR image (API: AuthenticationConfiguration.AccessRoleArn).</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [Parameter(ParameterSetName = InputSet)]
    public string? AccessRoleArn { get; set; }

    /// <summary>The URL of the source code repository, such as <c>https://github.com/owner/name</c>; for the local endpoint also a folder path (API: CodeRepository.RepositoryUrl).</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    public string? RepositoryUrl { get; set; }

    /// <summary>The branch. Default: main (API: SourceCodeVersion.Value).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    public string? Branch { get; set; }

    /// <summary>The folder in the repository that holds the application. Default: its root (API: CodeRepository.SourceDirectory).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    public string? SourceDirectory { get; set; }

    /// <summary>The ARN of the App Runner connection to GitHub or Bitbucket (API: AuthenticationConfiguration.ConnectionArn).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [ResourceArnTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? ConnectionArn { get; set; }

    /// <summary>API (settings from these parameters) or REPOSITORY (settings from apprunner.yaml). Default: API if Runtime or BuildCommand is given, else REPOSITORY (API: ConfigurationSource).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [ArgumentCompleter(typeof(ConfigurationSourceCompleter))]
    public string? ConfigurationSource { get; set; }

    /// <summary>The managed runtime, such as NODEJS_22 (API: CodeConfigurationValues.Runtime).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    /// <summary>The command that builds the application, on one line. Never shown (API: BuildCommand).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    public string? BuildCommand { get; set; }

    /// <summary>What to deploy: a hashtable or the output of New-ARSourceConfig (API: SourceConfiguration).</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSet)]
    [ModelTransformation(typeof(SourceConfiguration))]
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>A complete definition: a hashtable, an object from JSON or CSV, a CreateServiceRequest, or a service to copy. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>JSON files in the layout of <c>aws apprunner create-service --cli-input-json</c>; wildcards allowed.</summary>
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
        switch (ParameterSetName)
        {
            case PathSet:
                Array.ForEach(Path!, pattern => CreateFromFiles(pattern, () => DefinitionFiles.Resolve(this, pattern)));
                break;
            case LiteralPathSet:
                Array.ForEach(LiteralPath!, path => CreateFromFiles(path, () => DefinitionFiles.ResolveLiterally(this, path)));
                break;
            case InputSet when InputObject!.BaseObject is FileInfo file:
                CreateFromFiles(file.FullName, () => [file.FullName]);
                break;
            case InputSet when InputObject!.BaseObject is ServiceSummary listed and not Service:
                Errors.Target = listed;
                Create(DescribeFully(listed), null);
                break;
            case InputSet:
                Errors.Target = InputObject;
                Create(InputObject!, null);
                break;
            default:
                Errors.Target = ServiceName;
                Create(new Hashtable(), null);
                break;
        }
    }

    private void CreateFromFiles(string given, Func<IEnumerable<string>> files)
    {
        Errors.Target = given;
        Errors.Guard(() =>
        {
            foreach (var file in files())
            {
                Errors.Target = file;
                Errors.Guard(() => Create(DefinitionFiles.Parse(DefinitionFiles.Read(file, File.ReadAllText), file), file));
            }
        });
    }

    // A listed service does not have all members that a copy needs.
    private Service DescribeFully(ServiceSummary listed) => Work.Await(async () =>
    {
        var found = await Resolver.ResolveAsync(new ResourceIdentity(listed, listed.ServiceArn, listed.ServiceName), ResourceKind.Service, Region).ConfigureAwait(false);
        return await found.Connection.DescribeAsync(found.Arn, Stopped).ConfigureAwait(false);
    });

    private void Create(object input, string? file)
    {
        var problems = new List<Problem>();
        var definition = ServiceDefinition.From(input, problems);

        // An input that is not a definition has no members: do not report each missing one.
        if (problems.Any(problem => problem.Path.Length == 0))
            Errors.ReportProblems(problems, "The definition");
        var inputTags = definition.Tag;
        Parameters.BindCommandLine(definition, problems);
        definition.Tag = Combine(inputTags, definition.Tag);
        var request = definition.ToCreateRequest(problems, definition.HasRelativePath ? LocalFolderOrNull() : null);
        if (ParameterSetName == InputSet && file is null && input is PSObject given)
            Errors.Target = RequestDisplay.TargetOf(given, request.ServiceName);
        problems.AddRange(RequestRules.Check(request, allowNames: true));
        var subject = (file is null ? string.Empty : file + ": ") + $"The definition of service \"{request.ServiceName}\"";
        Errors.ReportProblems(problems.Select(problem => file is null ? problem : new Problem(problem.Path.Length == 0 ? file : file + ": " + problem.Path, problem.Message, problem.Severity)).ToArray(), subject);

        var connection = Work.Await(() => Connections.ConnectAsync(Region));
        request = Work.Await(() => ResourceReferences.ResolveAsync(request, subject, Resolver, connection));
        Operations.Send(request, OperationType.CreateService, $"{request.ServiceName} ({connection.Region})", "Create", connection);
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
        if (definitionTags is null || parameterTags is null || ReferenceEquals(definitionTags, parameterTags))
            return parameterTags ?? definitionTags;
        return definitionTags.Where(tag => parameterTags.All(other => other.Key != tag.Key)).Concat(parameterTags).ToList();
    }
}
