using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Configs;

/// <summary>Creates a ServiceObservabilityConfiguration object: tracing of a service.</summary>
[Cmdlet(VerbsCommon.New, "ARServiceObservabilityConfig", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(ServiceObservabilityConfiguration))]
public sealed class NewServiceObservabilityConfigCommand : ConfigCommand<ServiceObservabilityConfiguration>
{
    /// <summary>The ARN of an observability configuration; without revision the latest (API: ObservabilityConfigurationArn).</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ResourceArnTransformation(nameof(ResourceKind.ObservabilityConfiguration))]
    [ArgumentCompleter(typeof(ObservabilityConfigurationNameCompleter))]
    public string? ObservabilityConfigurationArn { get; set; }

    /// <summary>Whether tracing is on. Default: true (API: ObservabilityEnabled).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? ObservabilityEnabled { get; set; }

    /// <inheritdoc/>
    private protected override void Fill(ServiceObservabilityConfiguration config, List<Problem> problems)
    {
        Parameters.Bind(config, problems);
        config.ObservabilityEnabled ??= true;
    }
}
