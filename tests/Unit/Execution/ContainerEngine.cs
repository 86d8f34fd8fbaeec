using System;
using System.Linq;
using Shouldly;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>Docker or Podman, with an image of the test's programs.</summary>
/// <param name="Program">The program's whole path.</param>
/// <param name="Folder">A folder with no other engine's program that answers.</param>
/// <param name="Image">The image.</param>
internal sealed record ContainerEngine(string Program, string Folder, string Image)
{
    /// <summary>The names of the containers that are made of the image, whatever they do.</summary>
    public string[] Containers()
    {
        var (exitCode, output) = ContainerEngines.Run(Program, "container", "ls", "--all", "--filter", "ancestor=" + Image, "--format", "{{.Names}}");
        exitCode.ShouldBe(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => name.StartsWith("apprunner-", StringComparison.Ordinal)).ToArray();
    }

    /// <summary>The volume that was made for a container.</summary>
    public string Volume(string container)
    {
        var (exitCode, output) = ContainerEngines.Run(Program, "container", "inspect", "--format", "{{range .Mounts}}{{.Name}}{{end}}", container);
        exitCode.ShouldBe(0, output);
        return output;
    }

    public bool HasVolume(string volume) => ContainerEngines.Run(Program, "volume", "inspect", volume).ExitCode == 0;
}
