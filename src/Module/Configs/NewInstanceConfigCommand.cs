using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;

namespace AppRunner.Configs;

/// <summary>Creates an InstanceConfiguration object: size and role of a service's instances.</summary>
[Cmdlet(VerbsCommon.New, "ARInstanceConfig", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(InstanceConfiguration))]
public sealed class NewInstanceConfigCommand : ConfigCommand<InstanceConfiguration>
{
    /// <summary>CPU of one instance: 0.25, 0.5, 1, 2 or 4 vCPU, or 256 to 4096 units. Default: 1 vCPU (API: Cpu).</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CpuCompleter))]
    [NumberTransformation(IsDecimal = true)]
    public string? Cpu { get; set; }

    /// <summary>Memory of one instance: 0.5 to 12 GB, or 512 to 12288 MB; what is valid depends on Cpu. Default: 2 GB (API: Memory).</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MemoryCompleter))]
    [NumberTransformation(IsDecimal = true)]
    public string? Memory { get; set; }

    /// <summary>The ARN of the role for the application's own AWS calls (API: InstanceRoleArn).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? InstanceRoleArn { get; set; }
}
