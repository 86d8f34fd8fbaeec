using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The size and role of a service's instances (API: InstanceConfiguration).</summary>
public sealed class InstanceConfiguration : ICrossFieldRules
{
    /// <summary>CPU of one instance, in CPU units or vCPU: 256, 512, 1024, 2048, 4096 or 0.25, 0.5, 1, 2, 4 vCPU. Default: 1 vCPU.</summary>
    [CpuSize, Default("1024")]
    public string? Cpu { get; set; }

    /// <summary>Memory of one instance, in MB or GB: 512 to 12288, or 0.5, 1, 2, 3, 4, 6, 8, 10, 12 GB. Default: 2 GB.</summary>
    [MemorySize, Default("2048")]
    public string? Memory { get; set; }

    /// <summary>The ARN of the role that the application's own AWS calls use.</summary>
    [Length(29, 1024), Arn("iam", "role"), KeptIfAbsent]
    public string? InstanceRoleArn { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        // In an update a missing value means the current one, which only the service knows.
        if (root is UpdateServiceRequest && (Cpu is null || Memory is null))
            yield break;
        if ((Cpu is not null || Memory is not null) && InstanceSize.PairProblem(Cpu, Memory) is { } message)
            yield return new Problem(string.Empty, message);
    }

    /// <summary>CPU and memory.</summary>
    /// <returns>Such as <c>1 vCPU, 2 GB</c>.</returns>
    public override string ToString() =>
        $"{(InstanceSize.CpuUnits(Cpu) is { } units ? InstanceSize.FormatCpu(units) : Cpu ?? "default CPU")}, {(InstanceSize.MemoryMegabytes(Memory) is { } size ? InstanceSize.FormatMemory(size) : Memory ?? "default memory")}";
}
