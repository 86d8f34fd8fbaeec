using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;
using AppRunner.Services;

namespace AppRunner.Configs;

/// <summary>Creates a SourceConfiguration object: an image, or a code repository with its settings.</summary>
[Cmdlet(VerbsCommon.New, "ARSourceConfig", DefaultParameterSetName = ImageSet)]
[OutputType(typeof(SourceConfiguration))]
public sealed class NewSourceConfigCommand : ConfigCommand<SourceConfiguration>
{
    private const string ImageSet = "Image";
    private const string CodeSet = "Code";

    /// <summary>The image with tag or digest, in ECR or ECR Public; the type of repository is inferred from it (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ImageSet)]
    [Parameter(Position = 0, ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>The ARN of the role that App Runner uses to pull a private ECR image (API: AuthenticationConfiguration.AccessRoleArn).</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? AccessRoleArn { get; set; }

    /// <summary>The URL of the source code repository, such as <c>https://github.com/owner/name</c> (API: CodeRepository.RepositoryUrl).</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? RepositoryUrl { get; set; }

    /// <summary>The branch. Default: main (API: SourceCodeVersion.Value).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? Branch { get; set; }

    /// <summary>The folder in the repository that holds the application. Default: its root (API: CodeRepository.SourceDirectory).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? SourceDirectory { get; set; }

    /// <summary>The ARN of the App Runner connection to GitHub or Bitbucket (API: AuthenticationConfiguration.ConnectionArn).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    [ResourceArnTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? ConnectionArn { get; set; }

    /// <summary>API (settings from these parameters) or REPOSITORY (settings from apprunner.yaml). Default: API if Runtime or BuildCommand is given, else REPOSITORY (API: ConfigurationSource).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConfigurationSourceCompleter))]
    public string? ConfigurationSource { get; set; }

    /// <summary>The managed runtime, such as NODEJS_22 (API: CodeConfigurationValues.Runtime).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    /// <summary>The command that builds the application, on one line. Never shown (API: BuildCommand).</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [Parameter(ParameterSetName = PipelineInput.ParameterSet, ValueFromPipelineByPropertyName = true)]
    public string? BuildCommand { get; set; }

    /// <summary>The command that starts the application, on one line. Never shown (API: StartCommand).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StartCommand { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080 (API: Port).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Port { get; set; }

    /// <summary>Environment variables of the application, as a hashtable. Never shown (API: RuntimeEnvironmentVariables).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("RuntimeEnvironmentVariables")]
    public Dictionary<string, string>? EnvironmentVariable { get; set; }

    /// <summary>Environment variables whose values are ARNs of secrets or parameters, as a hashtable. Never shown (API: RuntimeEnvironmentSecrets).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("RuntimeEnvironmentSecrets")]
    public Dictionary<string, string>? EnvironmentSecret { get; set; }

    /// <summary>Whether a push to the source starts a deployment. Default: true, but false for ECR Public and another account's ECR (API: AutoDeploymentsEnabled).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? AutoDeploymentsEnabled { get; set; }

    /// <inheritdoc/>
    private protected override void Fill(SourceConfiguration config, List<Problem> problems)
    {
        var definition = new ServiceDefinition { SourceConfiguration = config };
        Parameters.Bind(definition, problems);
        definition.ToCreateRequest(problems).SourceConfiguration.CopyTo(config);
    }

    // Validated as part of a new service, because a source is always used in one.
    private protected override IEnumerable<Problem> Validate(SourceConfiguration config) =>
        RequestRules.Check(new CreateServiceRequest { ServiceName = "source", SourceConfiguration = config }, allowNames: true)
            .Where(problem => problem.Path.StartsWith(nameof(SourceConfiguration), StringComparison.Ordinal))
            .Select(problem => new Problem(problem.Path.Substring(problem.Path.IndexOf('.') + 1), problem.Message, problem.Severity));
}
