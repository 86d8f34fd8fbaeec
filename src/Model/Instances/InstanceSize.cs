using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The sizes of instances. Numbers are CPU units (1024 = 1 vCPU) and MB.</summary>
internal static class InstanceSize
{
    /// <summary>The default CPU units: 1 vCPU.</summary>
    internal static int DefaultCpu => Defaults.Number<InstanceConfiguration>(nameof(InstanceConfiguration.Cpu));

    /// <summary>The default memory in MB: 2 GB.</summary>
    internal static int DefaultMemory => Defaults.Number<InstanceConfiguration>(nameof(InstanceConfiguration.Memory));

    /// <summary>The valid pairs: for each number of CPU units, the valid memory sizes in MB.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<int>> Pairs { get; } = new SortedDictionary<int, IReadOnlyList<int>>
    {
        [256] = [512, 1024],
        [512] = [1024],
        [1024] = [2048, 3072, 4096],
        [2048] = [4096, 6144],
        [4096] = [8192, 10240, 12288],
    };

    /// <summary>CPU units of a value in units or vCPU; null if it is neither.</summary>
    /// <param name="cpu">Such as <c>1024</c> or <c>1 vCPU</c>.</param>
    /// <returns>CPU units.</returns>
    public static int? CpuUnits(string? cpu) => ParseSize(cpu, "vCPU");

    /// <summary>MB of a value in MB or GB; null if it is neither.</summary>
    /// <param name="memory">Such as <c>2048</c> or <c>2 GB</c>.</param>
    /// <returns>MB.</returns>
    public static int? MemoryMegabytes(string? memory) => ParseSize(memory, "GB");

    /// <summary>Formats CPU units.</summary>
    /// <param name="units">CPU units.</param>
    /// <returns>Such as <c>0.25 vCPU</c>.</returns>
    public static string FormatCpu(int units) => (units / 1024m).ToString("0.##", CultureInfo.InvariantCulture) + " vCPU";

    /// <summary>Formats MB.</summary>
    /// <param name="megabytes">MB.</param>
    /// <returns>Such as <c>0.5 GB</c>.</returns>
    public static string FormatMemory(int megabytes) => (megabytes / 1024m).ToString("0.##", CultureInfo.InvariantCulture) + " GB";

    /// <summary>Converts CPU to the API's form: <c>1</c>, <c>.5 vcpu</c>, <c>2vCPU</c>.</summary>
    /// <param name="cpu">The value as written.</param>
    /// <returns>The API's form; an unknown value is returned unchanged.</returns>
    public static string NormalizeCpu(string cpu)
    {
        var text = cpu.Trim();
        if (text.EndsWith("vCPU", StringComparison.OrdinalIgnoreCase))
            return CpuUnits(text) is { } units ? FormatCpu(units) : cpu;

        // A bare number below the smallest number of units must be vCPU.
        return CpuUnits(text) is null or < 256 && CpuUnits(text + "vCPU") is { } whole ? FormatCpu(whole) : text;
    }

    /// <summary>Converts memory to the API's form: <c>2</c>, <c>2gb</c>, <c>2147483648</c> (PowerShell's 2GB).</summary>
    /// <param name="memory">The value as written.</param>
    /// <returns>The API's form; an unknown value is returned unchanged.</returns>
    public static string NormalizeMemory(string memory)
    {
        var text = memory.Trim();

        // PowerShell converts the literal 2GB to bytes.
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 512L << 20 && bytes <= 1L << 50 && bytes % (512L << 20) == 0)
            return FormatMemory((int)(bytes >> 20));

        // As the argument of a string parameter, the literal 512MB is not converted.
        if (text.EndsWith("MB", StringComparison.OrdinalIgnoreCase))
            return MemoryMegabytes(text.Substring(0, text.Length - 2).TrimEnd()) is { } size && Pairs.Values.Any(sizes => sizes.Contains(size)) ? FormatMemory(size) : memory;
        if (text.EndsWith("GB", StringComparison.OrdinalIgnoreCase))
            return MemoryMegabytes(text) is { } megabytes ? FormatMemory(megabytes) : memory;
        return MemoryMegabytes(text) is null or < 512 && MemoryMegabytes(text + "GB") is { } whole ? FormatMemory(whole) : text;
    }

    /// <summary>Checks a pair; a missing value means its default.</summary>
    /// <param name="cpu">CPU, or null.</param>
    /// <param name="memory">Memory, or null.</param>
    /// <returns>A message with the valid sizes; null if the pair is valid or one value is malformed, which its own rule reports.</returns>
    public static string? PairProblem(string? cpu, string? memory)
    {
        var units = cpu is null ? DefaultCpu : CpuUnits(cpu);
        var megabytes = memory is null ? DefaultMemory : MemoryMegabytes(memory);
        if (units is null || megabytes is null || !Pairs.TryGetValue(units.Value, out var allowed) || allowed.Contains(megabytes.Value))
            return null;
        var cpuText = FormatCpu(units.Value) + (cpu is null ? " (the default)" : string.Empty);
        var memoryText = FormatMemory(megabytes.Value) + (memory is null ? " (the default)" : string.Empty);
        return $"{cpuText} cannot have {memoryText}. Valid memory: {string.Join(", ", allowed.Select(FormatMemory))}.";
    }

    private static int? ParseSize(string? text, string unit)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var number = text!;
        var factor = 1m;
        if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
        {
            number = number.Substring(0, number.Length - unit.Length).TrimEnd();
            factor = 1024m;
        }

        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000 && decimal.Truncate(value * factor) == value * factor
            ? (int)(value * factor)
            : null;
    }
}

/// <summary>The API's pattern of Cpu: 256, 512, 1024, 2048, 4096 CPU units, or 0.25, 0.5, 1, 2, 4 vCPU.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CpuSizeAttribute : RuleAttribute, INormalizer, ICanonicalForm
{
    /// <summary>The pattern, without anchors.</summary>
    public const string Pattern = "256|512|1024|2048|4096|(0\\.25|0\\.5|1|2|4) vCPU";

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string text && !Regex.IsMatch(text, "\\A(?:" + Pattern + ")\\z", RegexOptions.CultureInvariant))
            yield return new RuleViolation("must be one of 256, 512, 1024, 2048, 4096 CPU units, or 0.25, 0.5, 1, 2, 4 vCPU");
    }

    /// <inheritdoc/>
    public string Normalize(string value) => InstanceSize.NormalizeCpu(value);

    /// <inheritdoc/>
    public string Canonical(string value) => InstanceSize.CpuUnits(value)?.ToString(CultureInfo.InvariantCulture) ?? value;
}

/// <summary>The API's pattern of Memory: 512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288 MB, or 0.5, 1, 2, 3, 4, 6, 8, 10, 12 GB.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MemorySizeAttribute : RuleAttribute, INormalizer, ICanonicalForm
{
    /// <summary>The pattern, without anchors.</summary>
    public const string Pattern = "512|1024|2048|3072|4096|6144|8192|10240|12288|(0\\.5|1|2|3|4|6|8|10|12) GB";

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string text && !Regex.IsMatch(text, "\\A(?:" + Pattern + ")\\z", RegexOptions.CultureInvariant))
            yield return new RuleViolation("must be one of 512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288 MB, or 0.5, 1, 2, 3, 4, 6, 8, 10, 12 GB");
    }

    /// <inheritdoc/>
    public string Normalize(string value) => InstanceSize.NormalizeMemory(value);

    /// <inheritdoc/>
    public string Canonical(string value) => InstanceSize.MemoryMegabytes(value)?.ToString(CultureInfo.InvariantCulture) ?? value;
}
