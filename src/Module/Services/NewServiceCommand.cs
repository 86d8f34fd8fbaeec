using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
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

    /// <summary>Complete definitions: hashtables, objects from JSON or CSV, JSON text, CreateServiceRequests, services to copy, source configurations, files, or names. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [DefinitionTransformation]
    public DefinitionObject? InputObject { get; set; }

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
            Definitions.Read(Path, LiteralPath, InputObject?.Source, Create);
    }

    private void Create(DefinitionInput input)
    {
        var problems = new List<Problem>();
        var definition = ReadDefinition(input, problems);
        if (definition.HasDefaultScaling)
            definition.AutoScalingConfigurationArn = null;
        var original = Arn.TryParseService(definition.CopyOf, out var copied) ? copied : null;
        var tags = definition.Tag ?? (original is not null ? Work.Await(() => ReadCopiedTagsAsync(original)) : null);
        definition.Tag = null;
        Replace(definition, problems);
        definition.Tag = Combine(tags, definition.Tag);
        var request = definition.ToCreateRequest(problems, definition.HasRelativePath ? LocalFolderOrNull() : null);
        var subject = input.Describe($"The definition of service \"{request.ServiceName}\"");
        Errors.Target = ParameterSetName == ParametersSet ? ServiceName : input.TargetOf(request.ServiceName);
        problems.AddRange(Check(request));
        Errors.ReportProblems(input.At(problems), subject);

        var connection = Work.Await(() => Connections.ConnectAsync(Region));
        var contents = SharedContent.In(request);
        request = Work.Await(() => ResourceReferences.ResolveAsync(SharedContent.WithArns(request, contents, _ => null), subject, input.At, Resolver, connection));
        if (original is not null)
            request = Work.Await(() => ResourceReferences.CheckAccountAsync(request, original, subject, input.At, Resolver, connection));
        Operations.Send(request, OperationType.CreateService, Confirmation.TargetOf($"service {request.ServiceName}", connection), "Create", connection, prepare: contents.Count == 0 ? null : async () => await Shared.ResolveAsync(request, contents, connection).ConfigureAwait(false));
    }
}
