using System;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Deletes auto scaling configurations (API: DeleteAutoScalingConfiguration). Neither the default one nor one that a service uses can be deleted.</summary>
[Cmdlet(VerbsCommon.Remove, "ARAutoScalingConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AutoScalingConfiguration))]
public sealed class RemoveAutoScalingConfigurationCommand : RemoteCommand<string>
{
    // Revisions of one name come one after the other; the first takes all of them along.
    private readonly HashSet<string> wholeNames = new(StringComparer.Ordinal);

    /// <summary>The configurations: names (their latest revision), <c>name/revision</c>, ARNs, or objects that carry AutoScalingConfigurationArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    public ResourceIdentity[] AutoScalingConfiguration { get; set; } = [];

    /// <summary>Deletes all revisions of the name, not only one.</summary>
    [Parameter]
    [Alias("AllRevisions")]
    public SwitchParameter DeleteAllRevisions { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(AutoScalingConfiguration, ResourceKind.AutoScalingConfiguration, Region, configuration =>
    {
        var arn = configuration.Arn;
        var caption = configuration.Caption;
        if (DeleteAllRevisions && Arn.TryParse(arn, out var parsed))
        {
            // The API takes the name alone then.
            arn = arn.Substring(0, arn.IndexOf('/') + 1) + parsed.Name;
            if (!wholeNames.Add(arn))
                return;
            caption = $"all revisions of {parsed.Name} ({configuration.Connection.Region})";
        }

        var request = new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn, DeleteAllRevisions = DeleteAllRevisions ? true : null };
        Requests.Send(request, caption, "Remove", configuration.Connection, response => WriteResource(RequestSender.RequireResult(response.AutoScalingConfiguration, request, response)));
    });
}
