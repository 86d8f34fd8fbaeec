using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>To what an engine can hold its containers. It refuses to run them where it is asked for more.</summary>
/// <param name="Processors">The processors that it has: in a virtual machine they can be fewer than this computer's.</param>
/// <param name="Cpu">Whether it can limit processors. Podman without root can on some systems only.</param>
/// <param name="Memory">Whether it can limit memory.</param>
internal sealed record EngineLimits(int Processors, bool Cpu, bool Memory)
{
    private const string InDockersWords = "{{.NCPU}} {{.CPUCfsQuota}} {{.MemoryLimit}}";
    private const string InPodmansWords = "{{.Host.CPUs}} {{.Host.CgroupControllers}}";

    /// <summary>What to ask an engine, the likelier question first: Podman takes its time for either. A program called docker can be Podman.</summary>
    /// <param name="program">The program.</param>
    public static string[] QuestionsFor(string program) =>
        Path.GetFileNameWithoutExtension(program) == "podman" ? [InPodmansWords, InDockersWords] : [InDockersWords, InPodmansWords];

    /// <summary>What to take where an engine does not say.</summary>
    public static EngineLimits Unknown => new(Environment.ProcessorCount, true, true);

    /// <summary>Reads a line of an answer; null where it is none.</summary>
    public static EngineLimits? Read(string line)
    {
        if (Regex.Match(line, @"^(\d{1,6}) (true|false) (true|false)$") is { Success: true } docker)
            return new EngineLimits(Number(docker), docker.Groups[2].Value == "true", docker.Groups[3].Value == "true");
        if (Regex.Match(line, @"^(\d{1,6}) \[(.*)\]$") is not { Success: true } podman)
            return null;
        var controllers = podman.Groups[2].Value.Split(' ');
        return new EngineLimits(Number(podman), Array.IndexOf(controllers, "cpu") >= 0, Array.IndexOf(controllers, "memory") >= 0);
    }

    private static int Number(Match match) => Math.Max(1, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
}
