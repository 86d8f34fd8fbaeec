using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Observability;

/// <summary>Creates an observability configuration, or the next revision of an existing one (API: CreateObservabilityConfiguration).</summary>
[Cmdlet(VerbsCommon.New, "ARObservabilityConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(ObservabilityConfiguration))]
public sealed class NewObservabilityConfigurationCommand : CreatingCommand<CreateObservabilityConfigurationRequest, CreateObservabilityConfigurationResponse>
{
    /// <summary>The name, 4 to 32 letters, digits, - or _; an existing name gets a new revision (API: ObservabilityConfigurationName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Name")]
    public string? ObservabilityConfigurationName { get; set; }

    /// <summary>The tracing vendor: AWSXRAY. Default: no tracing (API: TraceConfiguration.Vendor).</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TracingVendorCompleter))]
    [Alias("Vendor")]
    public string? TracingVendor { get; set; }

    /// <summary>The trace configuration, as a hashtable with Vendor (API: TraceConfiguration).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(TraceConfiguration))]
    public TraceConfiguration? TraceConfiguration { get; set; }

    /// <summary>Writes the newest active revision of this name with equal content if there is one, and creates nothing then. Tags are not compared.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <inheritdoc/>
    private protected override bool IsReused => Reuse;

    /// <inheritdoc/>
    private protected override string? NewName => ObservabilityConfigurationName;

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.ObservabilityConfiguration;

    /// <inheritdoc/>
    private protected override IResource? ResultOf(CreateObservabilityConfigurationResponse response) => response.ObservabilityConfiguration;

    /// <inheritdoc/>
    private protected override void Adjust(CreateObservabilityConfigurationRequest request)
    {
        if (!string.IsNullOrEmpty(TracingVendor))
            request.TraceConfiguration = new TraceConfiguration { Vendor = new OneOfAttribute(typeof(TracingVendor)).Normalize(TracingVendor!) };
    }
}
