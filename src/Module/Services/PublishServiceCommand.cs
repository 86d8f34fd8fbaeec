using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>
/// Makes services as their definitions want them: creates those that do not exist, updates those that differ, and sends nothing for those that
/// are equal. <see cref="ServicePublisher"/> has the rules.
/// </summary>
[Cmdlet(VerbsData.Publish, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ParametersSet)]
[OutputType(typeof(Service))]
public sealed class PublishServiceCommand : ServiceSettingsCommand
{
    private const string ParametersSet = "Parameters";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ServicePublisher publisher = null!; // Set in Begin.

    /// <summary>The name of the service to create or update: 4 to 40 letters, digits, - or _ (API: ServiceName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParametersSet)]
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(Completion.ServiceNameCompleter))]
    [Alias("Name")]
    public string? ServiceName { get; set; }

    /// <summary>The image with tag or digest, in ECR or ECR Public; the type of repository is inferred from it (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter(Position = 1)]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>Complete definitions: hashtables, objects from JSON or CSV, JSON text, CreateServiceRequests, services, source configurations, files, or names. Parameters on the command line take precedence.</summary>
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

    /// <summary>Tags, as a hashtable; at most 50 (API: Tags). Added to the tags of a definition; these take precedence. Other tags of the service are removed.</summary>
    [Parameter]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <summary>The key for the copy of the source and the logs: a hashtable or the output of New-AREncryptionConfig. It cannot be changed later (API: EncryptionConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(EncryptionConfiguration))]
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>Starts a deployment of a service that already is as defined, for example after the image behind its tag has changed.</summary>
    [Parameter]
    public SwitchParameter Deploy { get; set; }

    /// <summary>Deletes a service that no update can change as defined, and creates it again. It gets a new ARN and a new URL, and loses its custom domains.</summary>
    [Parameter]
    public SwitchParameter Recreate { get; set; }

    /// <inheritdoc/>
    private protected override string[] TerminatingErrors => [.. base.TerminatingErrors, ErrorIds.NoRegion];

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        publisher = new ServicePublisher(this, Session, Work, Interrupted, Waits, Shared, Stopped)
        {
            Connect = Connections.ConnectAsync,
            ReadTags = ReadCopiedTagsAsync,
            Wait = Wait,
            Deploy = Deploy,
            Recreate = Recreate,
            WhatIf = Confirmation.IsWhatIf(this),
            Timeout = Timeout,
        };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ParametersSet)
            Publish(new DefinitionInput { Value = new Hashtable() });
        else
            Definitions.Read(Path, LiteralPath, InputObject?.Source, Publish);
    }

    private void Publish(DefinitionInput input)
    {
        var desired = ReadDesired(input);
        if (ParameterSetName == ParametersSet)
            Errors.Target = ServiceName;

        // A service that is published under its own name is meant itself, where it is.
        var region = Region ?? (desired.CopyOf?.Name == desired.ServiceName ? desired.CopyOf?.Region : null);
        var connection = Work.Await(() => Connections.ConnectAsync(region));
        var target = Errors.Target;
        Work.Enqueue(target, () => publisher.PublishAsync(desired, Resolver, connection, target));
    }
}
