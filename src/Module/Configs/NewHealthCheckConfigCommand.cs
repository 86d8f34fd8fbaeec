using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;

namespace AppRunner.Configs;

/// <summary>Creates a HealthCheckConfiguration object: how App Runner decides that an instance is healthy.</summary>
[Cmdlet(VerbsCommon.New, "ARHealthCheckConfig", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(HealthCheckConfiguration))]
public sealed class NewHealthCheckConfigCommand : ConfigCommand<HealthCheckConfiguration>
{
    /// <summary>TCP or HTTP. Default: TCP (API: Protocol).</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(HealthCheckProtocolCompleter))]
    public string? Protocol { get; set; }

    /// <summary>The URL path to request; HTTP only. Default: <c>/</c> (API: Path).</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Seconds between checks, 1 to 20. Default: 5 (API: Interval).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? Interval { get; set; }

    /// <summary>Seconds to wait for a response, 1 to 20. Default: 2 (API: Timeout).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? Timeout { get; set; }

    /// <summary>Successes in a row that make an instance healthy, 1 to 20. Default: 1 (API: HealthyThreshold).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? HealthyThreshold { get; set; }

    /// <summary>Failures in a row that make an instance unhealthy, 1 to 20. Default: 5 (API: UnhealthyThreshold).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public int? UnhealthyThreshold { get; set; }
}
