using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Creates an auto scaling configuration, or under a name that exists its next revision (API: CreateAutoScalingConfiguration).</summary>
[Cmdlet(VerbsCommon.New, "ARAutoScalingConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AutoScalingConfiguration))]
public sealed class NewAutoScalingConfigurationCommand : CreatingCommand<CreateAutoScalingConfigurationRequest, CreateAutoScalingConfigurationResponse>
{
    /// <summary>The name, 4 to 32 letters, digits, - or _; one that exists gets its next revision (API: AutoScalingConfigurationName).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>Requests that one instance handles at once before another one is started, 1 to 200. Default: 100 (API: MaxConcurrency).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CellTransformation]
    public int? MaxConcurrency { get; set; }

    /// <summary>Instances that are always provisioned, 1 to 25. Default: 1 (API: MinSize).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CellTransformation]
    public int? MinSize { get; set; }

    /// <summary>Instances that run at most, at least MinSize. Default: 25 (API: MaxSize).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CellTransformation]
    public int? MaxSize { get; set; }

    /// <inheritdoc/>
    private protected override string? NewName => AutoScalingConfigurationName;

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.AutoScalingConfiguration;

    /// <inheritdoc/>
    private protected override IResource? ResultOf(CreateAutoScalingConfigurationResponse response) => response.AutoScalingConfiguration;
}
