using System;
using System.Linq;
using Shouldly;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>Docker or Podman, with an image of the tests' programs.</summary>
/// <param name="Program">The full path of the program.</param>
/// <param name="Folder">A folder in which only this engine responds.</param>
/// <param name="Image">The image.</param>
internal sealed record ContainerEngine(string Program, string Folder, string Image)
{
    /// <summary>The names of the containers of the image, running or not.</summary>
    public string[] Containers()
    {
        var (exitCode, output) = ContainerEngines.Run(Program, "container", "ls", "--all", "--filter", "ancestor=" + Image, "--format", "{{.Names}}");
        exitCode.ShouldBe(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => name.StartsWith("apprunner-", StringComparison.Ordinal)).ToArray();
    }

    /// <summary>The anonymous volume of a container.</summary>
    public string Volume(string container)
    {
        var (exitCode, output) = ContainerEngines.Run(Program, "container", "inspect", "--format", "{{range .Mounts}}{{.Name}}{{end}}", container);
        exitCode.ShouldBe(0, output);
        return output;
    }

    public bool HasVolume(string volume) => ContainerEngines.Run(Program, "volume", "inspect", volume).ExitCode == 0;
}
