using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Creates an auto scaling configuration, or the next revision of an existing one (API: CreateAutoScalingConfiguration).</summary>
[Cmdlet(VerbsCommon.New, "ARAutoScalingConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(AutoScalingConfiguration))]
public sealed class NewAutoScalingConfigurationCommand : CreatingCommand<CreateAutoScalingConfigurationRequest, CreateAutoScalingConfigurationResponse>
{
    /// <summary>The name, 4 to 32 letters, digits, - or _; an existing name gets a new revision (API: AutoScalingConfigurationName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Name")]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>Concurrent requests of one instance before another one is started, 1 to 200. Default: 100 (API: MaxConcurrency).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? MaxConcurrency { get; set; }

    /// <summary>The minimum number of provisioned instances, 1 to 25. Default: 1 (API: MinSize).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? MinSize { get; set; }

    /// <summary>The maximum number of instances, at least MinSize. Default: 25 (API: MaxSize).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? MaxSize { get; set; }

    /// <summary>Writes the newest active revision of this name with equal content if there is one, and creates nothing then. Tags are not compared.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <inheritdoc/>
    private protected override bool IsReused => Reuse;

    /// <inheritdoc/>
    private protected override string? NewName => AutoScalingConfigurationName;

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.AutoScalingConfiguration;

    /// <inheritdoc/>
    private protected override IResource? ResultOf(CreateAutoScalingConfigurationResponse response) => response.AutoScalingConfiguration;
}
