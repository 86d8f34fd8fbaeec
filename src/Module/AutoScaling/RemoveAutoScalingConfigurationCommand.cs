using System;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Deletes auto scaling configurations (API: DeleteAutoScalingConfiguration). Fails for the default configuration, and if a service uses it.</summary>
[Cmdlet(VerbsCommon.Remove, "ARAutoScalingConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AutoScalingConfiguration))]
public sealed class RemoveAutoScalingConfigurationCommand : RemoteCommand<string>
{
    // With piped revisions of one name, the first request deletes all of them.
    private readonly HashSet<string> deletedNames = new(StringComparer.Ordinal);

    /// <summary>The configurations: names (their latest revision), <c>name/revision</c>, ARNs, or objects with AutoScalingConfigurationArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    public ResourceIdentity[] AutoScalingConfiguration { get; set; } = [];

    /// <summary>Deletes all revisions of the name.</summary>
    [Parameter]
    [Alias("AllRevisions")]
    public SwitchParameter DeleteAllRevisions { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(AutoScalingConfiguration, ResourceKind.AutoScalingConfiguration, Region, configuration =>
    {
        var arn = configuration.Arn;
        var target = Confirmation.TargetOf(configuration);
        if (DeleteAllRevisions && Arn.TryParse(arn, out var parsed))
        {
            // The API takes the ARN without a revision for all revisions.
            arn = arn.Substring(0, arn.IndexOf('/') + 1) + parsed.Name;
            if (!deletedNames.Add(arn))
                return;
            target = Confirmation.TargetOf(configuration with { Name = parsed.Name }, "all revisions of");
        }

        var request = new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn, DeleteAllRevisions = DeleteAllRevisions ? true : null };
        Requests.Send(request, target, "Remove", configuration.Connection, response => WriteResource(RequestSender.RequireResult(response.AutoScalingConfiguration, request, response)), (ResourceKind.AutoScalingConfiguration, arn));
    });
}
