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
/// Updates services (API: UpdateService). Only the given settings are changed: InstanceConfiguration, HealthCheckConfiguration and the
/// short parameters of the source are merged with the current values.
/// </summary>
[Cmdlet(VerbsData.Update, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Service))]
public sealed class UpdateServiceCommand : ServiceSettingsCommand
{
    /// <summary>The services: names, ARNs, or objects with ServiceArn. A hashtable or row may also have settings; parameters take precedence.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>A new image or tag (API: ImageRepository.ImageIdentifier).</summary>
    [Parameter]
    [Alias("Image")]
    public string? ImageIdentifier { get; set; }

    /// <summary>The ARN of the role that App Runner uses to pull a private ECR image (API: AuthenticationConfiguration.AccessRoleArn).</summary>
    [Parameter]
    public string? AccessRoleArn { get; set; }

    /// <summary>The URL of the source code repository (API: CodeRepository.RepositoryUrl).</summary>
    [Parameter]
    public string? RepositoryUrl { get; set; }

    /// <summary>The branch (API: SourceCodeVersion.Value).</summary>
    [Parameter]
    public string? Branch { get; set; }

    /// <summary>The folder in the repository that holds the application (API: CodeRepository.SourceDirectory).</summary>
    [Parameter]
    public string? SourceDirectory { get; set; }

    /// <summary>The ARN of the App Runner connection to GitHub or Bitbucket (API: AuthenticationConfiguration.ConnectionArn).</summary>
    [Parameter]
    [ResourceArnTransformation]
    public string? ConnectionArn { get; set; }

    /// <summary>API or REPOSITORY (API: ConfigurationSource).</summary>
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

    /// <summary>The complete source: a hashtable or the output of New-ARSourceConfig; an update cannot change the kind of source (API: SourceConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(SourceConfiguration))]
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            Errors.Guard(() => Process(identity));
        }
    }

    private void Process(ResourceIdentity identity)
    {
        var problems = new List<Problem>();
        var definition = ServiceDefinition.FromChange(identity.Source, problems);
        Parameters.BindCommandLine(definition, problems);

        // Report the problems that need no call first.
        Errors.ReportProblems(problems, "The change");
        var service = Work.Await(() => Resolver.ResolveAsync(identity, ResourceKind.Service, Region));
        Errors.Target = identity.TargetAt(service.Arn);
        var needsCurrent = definition.HasInstanceSettings || definition.HealthCheckConfiguration is not null || (definition.HasSourceSettings && definition.SourceConfiguration is null);
        var current = needsCurrent
            ? Work.Await(() => service.Connection.DescribeAsync(service.Arn, Stopped))
            : null;
        var request = definition.ToUpdateRequest(current, service.Arn, problems, FolderFor(service.Connection));
        if (RequestRules.WireMembers(typeof(UpdateServiceRequest)).Count(member => member.GetValue(request) is not null) == 1)
            throw new InvalidParameterException("Nothing to change: specify at least one setting, such as -ImageIdentifier, -Cpu or -HealthCheckConfiguration.");
        problems.AddRange(SourceProblems(current, request));
        problems.AddRange(RequestRules.Check(request));
        Errors.ReportProblems(problems, $"The change of service \"{service.Name}\"");
        Operations.Send(request, OperationType.UpdateService, service.Caption, "Update", service.Connection);
    }

    private static IEnumerable<Problem> SourceProblems(Service? current, UpdateServiceRequest request)
    {
        if (current is not null && RunSettingRules.RoleForSecrets(request.SourceConfiguration ?? current.SourceConfiguration, request.InstanceConfiguration ?? current.InstanceConfiguration) is { } problem)
            yield return problem;
        if (current?.SourceConfiguration is { } before && request.SourceConfiguration is { } after
            && ((before.ImageRepository is not null && after.CodeRepository is not null) || (before.CodeRepository is not null && after.ImageRepository is not null)))
        {
            yield return new Problem("SourceConfiguration", $"the service's source is {(before.ImageRepository is null ? "a code repository" : "an image")}, and an update cannot change the kind of source; create a new service.");
        }
    }
}
